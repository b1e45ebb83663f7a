#!/usr/bin/env python3
"""Checks JSON files against the schema of grades, and the schema against slips.

    check_schema.py SCHEMA FILE...

Every FILE has to be valid. Then each is changed in one place in every way that a slip of the
grader's could change it (a key left out, a key too many, a value of another type), and each of
these has to be invalid. Prints what is wrong; the exit status is 1 if anything is.
"""

import copy
import json
import sys

import jsonschema

# Keys that may be absent, and objects whose keys may all be.
OPTIONAL = {
    "broken", "counterexample", "entries", "exponent", "facts", "fingerprint", "functions", "isUnfit",
    "line", "mustThrow", "only", "part", "questions", "reason", "replay", "right", "seed", "show",
    "signature", "staffMessage", "staffNotes", "trials", "usage", "yours",
}
OPEN = {"ignored", "facts"}


def places(value, path=()):
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, path + (key,))
    elif isinstance(value, list) and value:
        yield from places(value[0], path + (0,))


def changed(document, path, change):
    """A copy in which `change` was applied to the container and the last key of `path`."""
    result = copy.deepcopy(document)
    container = result
    for key in path[:-1]:
        container = container[key]
    change(container, path[-1])
    return result


def slips(document):
    for path, value in places(document):
        where = "/".join(map(str, path)) or "(top)"
        if isinstance(value, dict):
            extra = path + ("superfluous",)
            wrong = changed(document, extra, lambda c, k: c.update({k: 1}))
            yield where + ": a key too many", wrong
        if not path:
            continue
        other = 17 if isinstance(value, dict) else {}
        wrong = changed(document, path, lambda c, k: c.__setitem__(k, other))
        yield where + ": another type", wrong
        may_lack = path[-1] in OPTIONAL or (len(path) > 1 and path[-2] in OPEN)
        if not may_lack and isinstance(path[-1], str):
            yield where + ": left out", changed(document, path, lambda c, k: c.pop(k))


def main():
    with open(sys.argv[1]) as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    count = 0
    failed = False
    for name in sys.argv[2:]:
        with open(name) as file:
            document = json.load(file)
        for error in validator.iter_errors(document):
            failed = True
            print("%s: %s: %s" % (name, "/".join(map(str, error.path)), error.message[:200]))
        for slip, wrong in slips(document):
            count += 1
            if validator.is_valid(wrong):
                failed = True
                print("%s: valid although changed: %s" % (name, slip))
    print("%d slips tried" % count)
    sys.exit(failed)


main()
