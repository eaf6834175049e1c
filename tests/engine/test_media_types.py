"""What a file is decides its content; recordings of speech are taken, films are not."""

import pytest

from engine.media_types import sniffed

_MP4 = b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00....moov....hdlr........"
_EBML = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm...."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"ID3\x04....", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"#!AMR\n\x3c", "audio/amr"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", None),
        (b"OggS" + b"\x00" * 24 + b"OpusHead", "audio/ogg"),
        (b"OggS" + b"\x00" * 24 + b"\x80theora", None),
        (_MP4 + b"soun", "audio/mp4"),
        (_MP4 + b"soun....vide", None),
        (_EBML + b"A_OPUS", "audio/webm"),
        (_EBML + b"V_VP8....A_OPUS", None),
        (b"MZ\x90\x00", None),
        (b"", None),
    ],
)
def test_the_content_says_what_it_is(content: bytes, kind: str | None) -> None:
    assert sniffed(content) == kind
