"""What there is to measure, each in a child process of its own so that memory and imports are its own."""

from dataclasses import dataclass

SMALL, LARGE = 120, 600
SIZES = (45, 120, 220, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A function `module.function(root, size)` that yields rows, for each size; `school`: it needs one of that size."""

    name: str
    module: str
    sizes: tuple[int, ...]
    function: str = "measure"
    school: int | None = None
    own_school: bool = False

    def school_for(self, size: int) -> int | None:
        """Return the size of the demo school that must be there before this starts, if any."""
        return size if self.own_school else self.school


BENCHMARKS = (
    Benchmark(name="main-job", module="mainjob", sizes=(SMALL, LARGE)),
    Benchmark(name="first-page", module="firstpage", sizes=(LARGE,), own_school=True),
    Benchmark(name="web-start", module="webstart", function="light", sizes=(0,)),
    Benchmark(name="web-start", module="webstart", function="heavy", sizes=(0,)),
    Benchmark(name="dates", module="dates", sizes=SIZES),
    Benchmark(name="dates", module="dates", function="outside", sizes=SIZES),
    Benchmark(name="staffing", module="staffing", sizes=SIZES),
    Benchmark(name="rooms", module="rooms", sizes=SIZES),
    *(
        Benchmark(name=name, module="rounds", function=function, sizes=SIZES)
        for name in ("carousel", "tours", "speeddates")
        for function in (name, f"{name}_outside")
    ),
    Benchmark(name="talks", module="talks", sizes=SIZES),
    Benchmark(name="talks", module="talks", function="outside", sizes=SIZES),
    Benchmark(name="staffing", module="staffing", function="outside", sizes=SIZES),
    Benchmark(name="feed", module="feed", sizes=(1000,), school=SMALL),
    Benchmark(name="pdf", module="pdf", sizes=(SMALL, LARGE), own_school=True),
    Benchmark(name="invitations", module="invitations", sizes=(LARGE,), own_school=True),
    Benchmark(name="invitations", module="invitations", function="typst", sizes=(LARGE,), own_school=True),
    Benchmark(name="import", module="importing", function="bench_import", sizes=(LARGE,)),
    Benchmark(name="backup", module="backup", sizes=(LARGE,), own_school=True),
    Benchmark(name="answers", module="answering", sizes=(LARGE,), own_school=True),
    Benchmark(name="qr", module="qr", sizes=(1,)),
    Benchmark(name="signin", module="signin", function="ours", sizes=(1,)),
    Benchmark(name="signin", module="signin", function="library", sizes=(1,)),
    Benchmark(name="signin", module="signin", function="attack", sizes=(SMALL,), own_school=True),
)
# What is seen next to what, when the two were measured in processes of their own: (row, peer).
PEERS = (
    ("web-start", "web-start/heavy"),
    ("invitations", "invitations/typst"),
    ("invitations/bytes", "invitations/typst-bytes"),
    ("dates/highs-time", "dates/time"),
    ("signin/hash", "signin/hash-library"),
    ("signin/hash-memory", "signin/hash-library-memory"),
    ("dates/highs-cost", "dates/cost"),
    ("carousel/highs-time", "carousel/first"),
    ("carousel/highs-missing", "carousel/bound"),
    ("tours/highs-time", "tours/first"),
    ("tours/highs-missing", "tours/bound"),
    ("speeddates/highs-time", "speeddates/first"),
    ("speeddates/highs-missing", "speeddates/bound"),
    ("talks/highs-time", "talks/kept"),
    *((f"talks/highs-{name}", f"talks/{name}") for name in ("open", "waiting", "between", "comings", "cost")),
    ("talks/highs-bound", "talks/cost"),
    *(
        (f"staffing/{name}/highs-{what}", f"staffing/{name}/{peer}")
        for name in ("evening", "year")
        for what, peer in (("time", "kept"), ("uncovered", "uncovered"), ("short", "short"))
    ),
)
NAMES = tuple(dict.fromkeys(benchmark.name for benchmark in BENCHMARKS))
