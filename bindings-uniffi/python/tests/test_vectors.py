"""The golden vectors, each case a test: see tests/vectors/README.md."""

import json
import pathlib
import unittest

import daicho

VECTORS = pathlib.Path(__file__).resolve().parents[3] / "tests" / "vectors"


def fill_in(request, answers):
    place = len(answers) + 1
    given = {"actor": {"id": "manager-1", "role": "manager"}, "channel": "counter", "now": 1795222800000}
    return refer({**given, "key": "k{}".format(place), "entropy": "0" * 32, **request}, answers)


def refer(value, answers):
    """`$3.output.fingerprint` is that value of the third answer."""
    if isinstance(value, dict):
        return {field: refer(entry, answers) for field, entry in value.items()}
    if isinstance(value, list):
        return [refer(entry, answers) for entry in value]
    number, dot, path = value[1:].partition(".") if isinstance(value, str) and value.startswith("$") else ("", "", "")
    if not dot or not number.isdigit():
        return value
    found = answers[int(number) - 1]
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


def difference(wanted, got, path="$"):
    """What of `wanted` is not in `got`, if anything."""
    if isinstance(wanted, dict):
        if wanted == {"$any": True}:
            return None
        if not isinstance(got, dict):
            return "{}: {} instead of an object".format(path, got)
        for field, value in wanted.items():
            place = "{}.{}".format(path, field)
            if value == {"$absent": True}:
                found = "{}: is there".format(place) if field in got else None
            else:
                found = difference(value, got[field], place) if field in got else "{}: is not there".format(place)
            if found:
                return found
        return None
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        return next(filter(None, (difference(*pair, "{}[{}]".format(path, n)) for n, pair in enumerate(zip(wanted, got)))), None)
    return None if type(wanted) is type(got) and wanted == got else "{}: {} instead of {}".format(path, got, wanted)


def run(case):
    answers = []
    with daicho.Ledger.in_memory("salon-1") as ledger:

        def call(request):
            answer = json.loads(ledger.call(json.dumps(fill_in(request, answers))))
            answers.append(answer.get("ok"))
            return answer

        for request in case.get("before", []):
            answer = call(request)
            assert "ok" in answer, "request {} (before): {}".format(len(answers), answer)
        for expected in case["then"]:
            kinds = [kind for kind in ("ok", "error") if kind in expected]
            assert len(kinds) == 1, "each request expects either ok or error"
            answer = call(expected["request"])
            assert kinds[0] in answer, "request {}: {}".format(len(answers), answer)
            found = difference(expected[kinds[0]], answer[kinds[0]])
            assert found is None, "request {}: {}".format(len(answers), found)


class VectorsTest(unittest.TestCase):
    def test_a_wrong_expectation_is_noticed(self):
        self.assertIsNotNone(difference({"a": 1}, {"a": 2}))
        self.assertIsNotNone(difference({"a": {"$absent": True}}, {"a": None}))
        self.assertIsNotNone(difference({"a": {"$any": True}}, {}))
        self.assertIsNotNone(difference([1], [1, 2]))
        self.assertIsNotNone(difference(True, 1))
        self.assertIsNone(difference({"a": [{}]}, {"a": [{"b": 1}], "c": 2}))


def _add_cases():
    files = sorted(VECTORS.glob("*.json"))
    assert files, "there are no vectors in {}".format(VECTORS)
    for file in files:
        vectors = json.loads(file.read_text("utf-8"))
        assert vectors["format"] == 1 and vectors["cases"], file
        for number, case in enumerate(vectors["cases"], 1):

            def test(self, case=case):
                run(case)

            test.__doc__ = case["name"]
            setattr(VectorsTest, "test_{}_{:03}".format(file.stem, number), test)


_add_cases()
