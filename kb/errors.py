"""Everything that LandBrief raises on purpose.

LandBriefError
├── SettingsError            a setting is missing or impossible
├── UnreadableFile           a file cannot become a document: names the file and the cause
├── NotFound                 no such document, paragraph, edition or record
│   └── Withdrawn            it was there and has been withdrawn
├── InvalidQuery             a question to the records names no such column or value
├── IdentityConflict         two different documents claim one id
├── StoreBusy                another process owns LANDBRIEF_HOME
├── StoreDamaged             a store cannot be opened or disagrees with the others
├── ModelMismatch            the index holds vectors of another model
├── ChatModelFailed          the chat model gave no answer that can be used
└── DownloadFailed           a document cannot be had from where it was asked for
"""


class LandBriefError(Exception):
    """Base of the tree: its text is one plain line that names the thing and the remedy."""


class SettingsError(LandBriefError):
    """A setting is missing or impossible."""


class UnreadableFile(LandBriefError):
    """A file cannot become a document; the text is the cause, without the file's name."""


class NotFound(LandBriefError):
    """No such document, paragraph, edition or record."""


class Withdrawn(NotFound):
    """It was there and has been withdrawn."""


class InvalidQuery(LandBriefError):
    """A question to the records names no such column or value; the text says which there are."""


class IdentityConflict(LandBriefError):
    """Two different documents claim one id."""


class StoreBusy(LandBriefError):
    """Another process owns LANDBRIEF_HOME."""


class StoreDamaged(LandBriefError):
    """A store cannot be opened, or disagrees with the others."""


class ModelMismatch(LandBriefError):
    """The index holds vectors of another embedding model."""


class ChatModelFailed(LandBriefError):
    """The chat model gave no answer: an error of its service, a limit of time or tokens."""


class DownloadFailed(LandBriefError):
    """A document cannot be had from the web; the text is the cause, without its symbol."""
