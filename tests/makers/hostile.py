"""Texts of our own that break programs, so that what they break is seen without any collection."""

HOSTILE = (
    # What a spreadsheet would work out, also behind something that is not seen.
    *("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://a.example","보기")', "+82-2-000", "-2+3"),
    *("@SUM(1)", "\t=1+1", "\u00a0=1+1", "\ufeff=1+1", "＝1＋1", "%0A=1+1", "|=1+1"),
    # What a browser would do something with.
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
    *("</textarea><script>alert(1)</script>", "</title><iframe src=//a.example></iframe>"),
    *("javascript:alert(1)", "&lt;script&gt;", "<!--", "]]>", '" autofocus onfocus="alert(1)'),
    # What a template, a format, a database, a shell or a mail would take for its own.
    *("{{ 7*7 }}", "{% now 'Y' %}", "%s %n %(label)s %%", "{0} {label} {}", "' OR 1=1; --"),
    *("\\'; DROP TABLE calls_proposal; --", "$(reboot)", "../../../etc/passwd", "LIKE %_\\"),
    *("제목\r\nBcc: all@a.example", "1\n2\r3\u20284\u20295", '"a","b', 'a""b,"c', "a\tb\tc;d"),
    # What is hardly seen, stands the other way round, or is more than one character.
    *(
        "\u202e거꾸로\u202c",
        "\u200b\u200d\ufeff",
        "\u0000널\u0000",
        "\x07\x1b[31m붉게",
        "\ufffd\ufffe",
    ),
    *(
        "각가",
        "ㄱㅏㄱ",
        "e\u0301\u0323\u0330\u0316" * 40,
        "👩‍👩‍👧‍👦🇰🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "مرحبا שלום",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "İıſ",
    ),
    # What means something else to a program than to a person.
    *("null", "None", "NaN", "-0", "1e309", "９９９", "0x10", "true", "[]", "{}", "2026-02-30"),
    *("99999999999999999999", "3-9999", "가" * 5_000, "a" * 3_000, " ", "…", "\\", "'", '"'),
)
