"""The subcommands of `zhclean`: each takes its arguments and returns an exit status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zhclean.console import FAILED, FOUND, OK, Parser, complain, visible, write
from zhclean.errors import ConfigError
from zhclean.files import STDIN, read_document, write_atomic

if TYPE_CHECKING:
    from zhclean.rules import Rule

__all__ = ["SUBCOMMANDS"]

_QUANTITIES: Final = """\
The amounts in texts, one a row, with exact values. start and end count characters of the
text as it is read. A damaged page is repaired first:
  zhclean --only encoding page.txt | zhclean quantities
"""

_CORPUS: Final = """\
Clean many files, safe against being killed:
  zhclean corpus run IN... -o OUT    clean files and folders into the folder OUT, or go on
  zhclean corpus status OUT          how far a run has come
"""


def explain(arguments: Sequence[str]) -> int:
    """`zhclean explain CODE... [--pack FILE]`: rules, their reasons and their examples."""
    parser = Parser(
        "zhclean explain",
        description="What rules do and why, with examples of what they leave.",
    )
    parser.add_argument("codes", metavar="CODE", nargs="+", help="a rule's code, such as E101")
    parser.add_argument(
        "--pack",
        metavar="FILE",
        action="append",
        default=[],
        help="a pack of your own that has the rule; repeatable",
    )
    options = parser.parse_args(arguments)
    from zhclean.rules import catalogue

    known = {**catalogue(), **_rules_of(options.pack)}
    codes = [code.upper() for code in options.codes]
    for code in codes:
        if code not in known:
            raise ConfigError(f"unknown rule {code!r} (zhclean rules lists them)")
    write("\n".join(_explained(known[code]) for code in codes))
    return OK


def _explained(rule: Rule) -> str:
    lines = [f"{rule.code} {rule.name} ({rule.stage})", rule.why]
    lines.append("proved or harmless" if rule.safe else "a judgement: worth reading")
    if rule.provenance:
        lines.append(f"source: {rule.provenance}")
    if rule.change:
        lines += ["", "changes:"]
        for change in rule.change:
            lines += [f"  - {_one_line(change.before)}", f"  + {_one_line(change.after)}"]
    if rule.flag:
        lines += ["", "flags:"]
        lines += [f"  {_one_line(row.text)}: {' · '.join(row.spans)}" for row in rule.flag]
    if rule.leave:
        lines += ["", "leaves:", *(f"  {_one_line(text)}" for text in rule.leave)]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return visible(text.replace("\n", "⏎"))


def rules(arguments: Sequence[str]) -> int:
    """`zhclean rules [--json] [--pack FILE [--test]]`: a line a rule; `?` marks judgements."""
    parser = Parser(
        "zhclean rules",
        description="Every rule, a line each: code, ? if it is a judgement, stage, name, reason.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--pack",
        metavar="FILE",
        action="append",
        default=[],
        help="the rules of a pack of your own, not the built-in ones; repeatable",
    )
    parser.add_argument(
        "--test", action="store_true", help="run their examples; exit 1 if one is not borne out"
    )
    options = parser.parse_args(arguments)
    if options.test and not options.pack:
        parser.error("--test goes with --pack")
    from zhclean.rules import catalogue

    listed = (_rules_of(options.pack) if options.pack else catalogue()).values()
    if options.json:
        import json
        from dataclasses import asdict

        for rule in listed:
            write(json.dumps(asdict(rule), ensure_ascii=False) + "\n")
    else:
        for rule in listed:
            mark = " " if rule.safe else "?"
            write(f"{rule.code:<5} {mark} {rule.stage:<12}{rule.name}: {rule.why}\n")
    return _test(listed, options.pack) if options.test else OK


def _rules_of(packs: Sequence[str]) -> Mapping[str, Rule]:
    """The rules of the user's packs by code. Raises `RuleError` for packs that can't be used."""
    from zhclean.pipeline import pipeline
    from zhclean.rules import read_pack

    pipeline("boilerplate", packs=packs)  # checks all that is in them
    return {rule.code: rule for pack in packs for rule in read_pack(pack).rules}


def _test(rules: Iterable[Rule], packs: Sequence[str]) -> int:
    from zhclean.examples import broken_examples
    from zhclean.pipeline import pipeline

    broken = False
    for rule in rules:
        options = {"level": rule.data.get("level"), **rule.options}
        for problem in broken_examples(rule, pipeline(rule.stage, packs=packs, **options)):
            complain(f"{rule.where}: {rule.code} {problem}")
            broken = True
    return FOUND if broken else OK


def quantities(arguments: Sequence[str]) -> int:
    """`zhclean quantities [FILE ...]`: the amounts of texts as CSV or JSON Lines."""
    parser = Parser(
        "zhclean quantities",
        description=_QUANTITIES,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="- or none: standard input")
    parser.add_argument("--format", choices=("csv", "jsonl"), default="csv", help="csv (default)")
    parser.add_argument("--encoding", metavar="NAME", help="the codec of the input, not a guess")
    options = parser.parse_files(arguments, "files")
    from zhclean.encoding import decode
    from zhclean.numbers.table import rows

    failed = False

    def found() -> Iterator[dict[str, Any]]:
        nonlocal failed
        for name in options.files or [STDIN]:
            try:
                text = decode(read_document(name), options.encoding).text
            except OSError as error:
                complain(f"{name}: {error.strerror}")
                failed = True
            else:
                for row in rows(text):
                    yield {"file": name, **row}

    if options.format == "jsonl":
        import json

        for row in found():
            write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        _write_csv(found())
    return FAILED if failed else OK


def _write_csv(rows: Iterator[dict[str, Any]]) -> None:
    import csv
    import io

    from zhclean.numbers.table import COLUMNS

    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, ["file", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
    write(buffer.getvalue())


def corpus(arguments: Sequence[str]) -> int:
    """`zhclean corpus run IN... -o OUT` and `zhclean corpus status OUT`."""
    from zhclean.corpus.command import COMMANDS

    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        parser = Parser("zhclean corpus", description=_CORPUS)
        parser.add_argument("command", choices=list(COMMANDS), help="each has its own --help")
        parser.parse_args(arguments[:1])
        return FAILED
    return command(arguments[1:])


def discover(arguments: Sequence[str]) -> int:
    """`zhclean discover CORPUS`: proposes a pack of notices, for a person to read."""
    parser = Parser(
        "zhclean discover",
        description="Find lines that recur on the pages of a site, and propose them as a rule pack\n"
        "for review. Nothing is removed.",
    )
    parser.add_argument("folder", metavar="CORPUS", help="a folder of .txt files")
    parser.add_argument(
        "--by",
        choices=("site", "corpus"),
        default="site",
        help="a folder in CORPUS is a site (default), or all of CORPUS is one",
    )
    parser.add_argument("--name", default="discovered", help="name of the pack")
    parser.add_argument("-o", "--output", metavar="FILE", help="the pack, else standard output")
    options = parser.parse_args(arguments)
    folder = Path(options.folder)
    if not folder.is_dir():
        return complain(f"{folder}: no such folder")
    from zhclean.boilerplate.discovery import discover, read_corpus, write_pack

    try:
        proposals = discover(read_corpus(folder, by=options.by))
        if not proposals:
            return complain(f"{folder}: no line recurs often enough")
        pack = write_pack(proposals, options.name)
        if options.output is None:
            write(pack)
        else:
            write_atomic(Path(options.output), pack.encode("utf-8"))
    except OSError as error:
        return complain(f"{error.filename or folder}: {error.strerror}")
    return OK


SUBCOMMANDS: Final[dict[str, Callable[[Sequence[str]], int]]] = {
    "explain": explain,
    "rules": rules,
    "quantities": quantities,
    "corpus": corpus,
    "discover": discover,
}
