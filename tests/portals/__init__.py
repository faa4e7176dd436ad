"""An imitation world of county portals with known truth, served on loopback as a forward proxy."""
