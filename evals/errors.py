"""What goes wrong in an evaluation before anything is measured.

LandBriefError
├── BadQuestionSet    a question file cannot be read as one: names the file, the line, the cause
├── BadBars           `bars.toml` says something impossible
├── BadGold           gold of extraction cannot be read, or has no document
├── BadResult         a file to compare with is no result of an evaluation
├── NoPublicData      a file of the public sets is not where it was looked for
└── UnknownFault      there is no such fault to plant
"""

from kb.errors import LandBriefError


class BadQuestionSet(LandBriefError):
    """A question file cannot be read as one; the text names the file, the line and the cause."""


class BadBars(LandBriefError):
    """The bars say something impossible."""


class BadGold(LandBriefError):
    """Gold of extraction, or a judged file, cannot be read: names the file, the line, the cause."""


class BadResult(LandBriefError):
    """A file is no result of an evaluation, or of another form of it."""


class UnknownFault(LandBriefError):
    """There is no such fault to plant."""


class NoPublicData(LandBriefError):
    """A file of the public sets is not where it was looked for."""
