"""The grammar of dates: patterns over the letters that words and numbers are read as (words.py)."""

from __future__ import annotations

# ---------------------------------------------------------------- parts

OF = r"1?o?'?t?"
DAY = r"(?:[tH]\.?)?(?:[DON]|T~?N)\.?"
MONTH = r"[MAm]\.?"
YEAR = r"J?Y(?:/[DZY])?J?"
SEP = r"[,.:]{0,2}"
WEEKDAY = rf"(?:[WV]\.?h?{SEP}(?:h{SEP})?o?)?"
STYLE = r"(?:,?G|<G>)?"
SMALL_DMY = rf"{DAY}{SEP}(?:{OF}m\.?(?={SEP}Y)|(?<=O)o?t?m)"
DMY = rf"(?:{DAY}{SEP}{OF}[MA]\.?|{SMALL_DMY})(?!{SEP}[DO]{SEP}Y)"
SMALL_MDY = rf"m\.?,?(?:O|D(?=\.?{SEP}Y))\.?"  # "may 12th" is one; "it may, the first time" none
MDY = rf"(?:[MA]\.?{SEP}t?(?:[DON]|T~?N)\.?|{SMALL_MDY})"
YMD = r"Y,?[MA]\.?,?[DO](?![,.]?Y)(?![qM~])"
THEN_YEAR = rf"(?:{SEP}{YEAR}|(?<!\.),?(?:[io]t?(?:yo?)?){YEAR}|,?<{YEAR}>)"
DOUBLE = rf"(?:{SEP}Y~[DZ](?!\.?{OF}[MAm])(?![~\d]))"
SHORT_YEAR = r"(?:,?'[DZ]|,?Z(?=[,.;:!>]|$))"
NO_LABEL = r"(?<!l)(?<!l\.)"
PART = r"(?:[tH]?L~?o?i?t?(?:yo?)?)?"
BEFORE_FUNCTION = r"(?=[,.:;>!~toipuf89&avz2Xn\"'b]|$)"
THAT_YEAR = r"(?:5|o?'?[kt]'?y|[kt]y|o?'?t?'?yk)"

# ---------------------------------------------------------------- days

RANGE_OF_DAYS = (
    rf"{NO_LABEL}b?{WEEKDAY}{DMY}{THEN_YEAR}?(?:[~u9/]|(?<=b)&){WEEKDAY}{DMY}{THEN_YEAR}?"
    rf"|b{WEEKDAY}{DMY}{THEN_YEAR}?&{WEEKDAY}{DMY}{THEN_YEAR}?"
    rf"|{WEEKDAY}{MDY}{THEN_YEAR}?[~u9]{WEEKDAY}{MDY}{THEN_YEAR}?"
    rf"|b{MDY}{THEN_YEAR}?&{MDY}{THEN_YEAR}?"
)
DAYS_OF_MONTH = (
    rf"{NO_LABEL}b?{DAY}(?:(?:,{DAY}){{1,4}},?|)[~&uv9/]{DAY}{OF}{MONTH}{THEN_YEAR}?"
    rf"|b?{MONTH}{DAY}(?:(?:,{DAY}){{1,4}},?|)[~&u9v/]{DAY}(?![qM]|\.?{OF}M){THEN_YEAR}?"
)
ONE_DAY = (
    rf"{WEEKDAY}{NO_LABEL}{DMY}(?:{DOUBLE}|{THEN_YEAR}|{SHORT_YEAR})?{STYLE}"
    rf"|{WEEKDAY}{MDY}(?:(?:{DOUBLE}|{THEN_YEAR}){STYLE}|{SHORT_YEAR}|,?G|(?![q/])(?!~[DON]))"
    rf"|{WEEKDAY}{MONTH}{SEP}(?:K|TK|T~K)(?:{THEN_YEAR}|~Y)|K{MONTH}{THEN_YEAR}|{YMD}"
)
DAY_AND_YEAR = rf"(?:{NO_LABEL}{DMY}|{MDY}){THEN_YEAR}"
DAY_NEAR = (
    rf"{WEEKDAY}(?:{NO_LABEL}{DMY}|{MDY}),?"
    rf"(?:I\.?|{THAT_YEAR}|k(?![h371SMWVFsy]))"
)
INST = r"(?:[WV]\.?,?)?[tH]?[DON]\.?(?:,?I\.?|ot?I\.?|o?t?3[kI]|o?[kt]3)"
WEEKDAY_AND_NUMBER = r"[WV]\.?h?,?(?:(?:t\.?)?O(?=[,.:;!>~avz2nt]|$)|t\.?D\.(?![mMA]))"
ORDINAL = r"(?<=[inopuf89BPQ&~v])tO(?=[,.:;!>toipuf89&avz2~n]|$)"
ONE_WEEKDAY = (
    r"(?<!z)kW(?:\.?h)?7?|(?<![z2])W(?:\.?h)?k(?![h371SMWVFsy])|(?<![z2M])(?:W\.?h|W7|W(?![jcF]))"
)
NEAR_DAY = r"(?<!o)(?<!ot)(?:[tH]|u~?)?dh?(?!')"

# ---------------------------------------------------------------- months and seasons

MONTH_TO_MONTH = rf"b?{MONTH}{THEN_YEAR}?[~/u9&v]{MONTH}{THEN_YEAR}"
MONTH_NEAR = rf"kM\.?|kA\.?(?![w])|[MA]\.?(?:{THAT_YEAR}|k(?![h371SMWVFsy]))"
BARE_MONTH = (
    r"(?:(?<=[inopuf89BPtkb2&vL])|(?<=Lo)|(?<=M~))[MA](?![ODW])(?!'w)\.?|(?<=,)A(?=\.?(?:[,;>!]|$))\.?"
    r"|(?<!z)M(?![ODW])(?!'w)\.?"
)
SEASON = r"(?:[tH]'?)?L?[Ss](?:[~/&v][Ss])?,?o?'?t?'?y?o?Y(?:[~/][DZY])?"
SEASON_NEAR = r"k[Ss](?![wc'])|[Ss]k(?![h37])"

# ---------------------------------------------------------------- years and more

NTH = r"(?:[ONr]|D\.)\.?"
CENTURIES = rf"[tH]?(?:L~?)?(?:T~)?{NTH}(?:(?:~?,|[~&uv9])t?{NTH}){{0,3}}~?C(?!<?J)(?:,?U)?"
DECADES = r"[tH]?(?:L~?)?E(?:[~&uv9]E)?y?|[tH]?L?~?K~?e|[tH]L?~?'?ey?|(?<=[int])ey|'e"
YEARS_OF_DECADE = r"(?:[tH]?L?6)(?:Y(?:[~&u]Y)?|[DZTNe](?!'?M))"
OTHER_ERA = r"Y,?U"
RANGE_OF_YEARS = (
    r"(?<!l)Y[~/](?:Y|[DZ](?![~/\d.]))(?!,?U)|(?<=[foy])Y[u9]Y(?!,?U)|bY&Y(?!,?U)"
    r"|(?<=[inpQ89y])YvY(?!q)"
)
PART_OF_YEAR = r"[tH]?L(?:o?i?t?(?:yo?)?|~)Y(?![qU])"
SINCE = rf"8(?:t?(?:yo?)?Y(?!q)(?!\.[DZ])(?![~/])|t?{DAY_AND_YEAR}|{MONTH}{THEN_YEAR})"
UNTIL = rf"9(?:'[iu])?(?:t?(?:yo?)?Y{BEFORE_FUNCTION}(?!~)|t?{DAY_AND_YEAR}|{MONTH}{THEN_YEAR})"
IN_YEAR = rf"(?<=[i8<y])Y(?!q)(?!\.[DZ])|(?<=[opuf9])Y{BEFORE_FUNCTION}"
OF_ONE_THING = r"(?<=[tH])Y(?=[wl](?:[,.:;!>toipuf89&az2nv~B]|$))"
LONE_YEAR = r"(?<![^!])Y(?=\.?(?:!|$))|(?<=Y&)Y|(?<=c,)Y(?=[.,;>!]|$)|(?<=[Yo],)Y(?=[&,])"
SHORT = rf"(?<=[io89BPy])'Z{BEFORE_FUNCTION}"
REPUBLICAN_YEAR = r"(?:o?t?'?y(?:r|[DO])|r)"
REPUBLICAN = (
    rf"[tH]?[DONK]\.?,?1?R(?:,?{REPUBLICAN_YEAR})?|R,?{REPUBLICAN_YEAR}"
    r"|yr|(?<=')y[DO](?=[^\w]|[ou]|$)"
)
REGNAL = r"(?<!l)[DO]\.?g\.?(?:r(?!c)\.?)?(?!c)|[tH][ON]yo[tz]g"
