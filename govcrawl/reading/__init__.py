"""Reading of documents that may be hostile: in child processes with limits, killed when they hang."""

from govcrawl.reading.limits import Limits, processes_by_default
from govcrawl.reading.pool import Readers
from govcrawl.reading.task import Answer, Task, read_here, task_of

__all__ = ["Answer", "Limits", "Readers", "Task", "processes_by_default", "read_here", "task_of"]
