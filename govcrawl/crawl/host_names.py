"""The host that a certificate is for: another one, or none at all, makes it one that does not hold.

Twisted takes a certificate that names no host for one that cannot be looked at: it writes a traceback to the
log and goes on as if the name were right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from service_identity import CertificateError, VerificationError
from service_identity.pyopenssl import extract_patterns
from twisted.internet import _sslverify

if TYPE_CHECKING:
    from OpenSSL.crypto import X509
    from service_identity.hazmat import CertificatePattern


class NamesNoHost(VerificationError):
    """A certificate without the names of its hosts, or with names that are none."""


def name_fault(error: BaseException) -> str | None:
    """What is wrong with the name in a certificate, in OpenSSL's words and ours; None for another error."""
    if not isinstance(error, VerificationError):
        return None
    named = "no host" if isinstance(error, NamesNoHost) else "another host"
    return f"certificate verify failed: it names {named}"


def want_names() -> None:
    """Have all certificates of this process looked at so, where they are looked at."""
    assert hasattr(_sslverify, "extract_patterns"), (
        "Twisted looks at the names of certificates in another way now"
    )
    _sslverify.extract_patterns = _patterns


def _patterns(cert: X509) -> Sequence[CertificatePattern]:
    try:
        found = extract_patterns(cert)
    except CertificateError as error:
        raise NamesNoHost(errors=[]) from error
    if not found:
        raise NamesNoHost(errors=[])
    return found
