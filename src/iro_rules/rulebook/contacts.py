"""Who to turn to: a role, where it sits, and who stands in when nobody there can be reached."""

from __future__ import annotations

from typing import final

import attrs


@final
@attrs.frozen(kw_only=True)
class Contact:
    """A role as a protocol names it; never a person.

    `aliases` are its names on particular ladders (ladder id, name); `organisation` is given where the role
    sits outside the authority; `stand_in` is the role to turn to while this one is recorded as unavailable;
    `channel` is how the protocol wants it reached, such as a shared mailbox, told beside what a directory knows.
    """

    role: str = attrs.field(converter=str)
    title: str
    organisation: str = ""
    aliases: tuple[tuple[str, str], ...] = ()
    stand_in: str = ""
    channel: str = ""

    def words(self) -> str:
        """The contact as a reader would be told it."""
        return f"{self.title}, {self.organisation}" if self.organisation else self.title
