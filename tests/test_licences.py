"""Licences are recognised to their address; what names none, or no version, first."""

from __future__ import annotations

import pytest

from epistola.language.licences import licence_of

CC = "https://creativecommons.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Copyright: Ely Press. Used here with permission.",
        "All rights reserved.",
        "Creative Commons (Attribution & ShareAlike)",
        "CC BY-SA",
        "CC by telegram, 4.7",
        "GNU Free Documentation License",
        "In the public domain.",
        "The Common Licence 4.0",
    ],
)
def test_no_licence_is_supposed(text: str) -> None:
    assert licence_of(text) == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("CC BY 4.0", f"{CC}/licenses/by/4.0/"),
        ("cc-by-sa 3.0", f"{CC}/licenses/by-sa/3.0/"),
        ("Licence: CC BY-NC-SA 4.0 International", f"{CC}/licenses/by-nc-sa/4.0/"),
        ("CC BY-NC-ND, version 2.5", f"{CC}/licenses/by-nc-nd/2.5/"),
        (
            "Creative Commons Attribution-ShareAlike 2.0 licence",
            f"{CC}/licenses/by-sa/2.0/",
        ),
        ("Creative Commons (Attribute & ShareAlike) 3.0", f"{CC}/licenses/by-sa/3.0/"),
        ("see http://creativecommons.org/licenses/by-nd/4.0/deed", f"{CC}/licenses/by-nd/4.0/"),
        ("CC0", f"{CC}/publicdomain/zero/1.0/"),
        ("Public Domain Mark 1.0", f"{CC}/publicdomain/mark/1.0/"),
        ("GNU FDL 1.3", "https://www.gnu.org/licenses/fdl-1.3.html"),
    ],
)
def test_a_licence_has_an_address(text: str, address: str) -> None:
    assert licence_of(text) == address
