"""How a side answers: one line in, one line out. See src/beside/talk.rs."""

import gc
import json
import sys
import time
from pathlib import Path


def memory():
    """The memory this process has in use, in bytes."""
    gc.collect()
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS:"))


def listed(numbers):
    return ",".join(map(str, numbers)) or "-"


def questions(folder):
    with open(folder / "questions.json", encoding="utf-8") as file:
        return json.load(file)


def repeat(ask, name, runs, within):
    began = time.perf_counter_ns()
    times = []
    while not times or (len(times) < runs and time.perf_counter_ns() - began < within * 1_000_000):
        start = time.perf_counter_ns()
        total, page = ask(name)
        times.append(time.perf_counter_ns() - start)
    return f"{total} {listed(page)} {listed(times)}"


def main(about, prepare, opened):
    """`opened` returns a function from a question's name to its total and its page."""
    folder = Path(sys.argv[1])
    if sys.argv[2] == "prepare":
        prepare(folder)
        return
    before = memory()
    ask = opened(folder)
    for line in sys.stdin:
        match line.split():
            case ["about"]:
                answer = about
            case ["memory"]:
                answer = str(memory() - before)
            case ["ask", name, runs, within]:
                answer = repeat(ask, name, int(runs), int(within))
            case _:
                sys.exit(f"cannot be answered: {line}")
        print(answer, flush=True)
