#!/usr/bin/env python3
"""Writes goldens.json: what NumPy and SciPy say about the classes that ItemAnalysisTests analyzes.

Each set has a row of points, in hundredths, for each submission, and an entry for each test:
    correlation   numpy.corrcoef of its points with the sum of all others, which has to agree with
                  scipy.stats.pearsonr to 1e-12; null where SciPy gives none
    low, high     scipy.stats.pearsonr(...).confidence_interval(0.95), whatever it means there
and of the whole
    alpha         Cronbach's alpha by numpy.var over the tests whose points differ, which has to
                  agree with the same by numpy.cov to 1e-12; null where it divides by zero
    standardError the sample's standard deviation of the sums, times the root of 1 - alpha, in
                  points; null where alpha is null or below zero

Makes a temporary environment with the versions of NEEDED and runs itself there.

Use: ./make_goldens.py [FILE]
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import venv
import warnings

NEEDED = ["numpy==2.4.6", "scipy==1.17.1"]
HERE = pathlib.Path(__file__).resolve()


def in_an_environment(file):
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = f"{folder}/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDED], check=True)
        subprocess.run([python, HERE, "--here", file], check=True)


def classes(numpy):
    """Names and points: rows are submissions, columns tests."""
    random = numpy.random.default_rng(20260401)

    def able(submissions, tests, spread):
        ability = random.normal(size=(submissions, 1))
        noise = random.normal(size=(submissions, tests))
        level = numpy.linspace(-1.2, 1.5, tests)
        return ability * spread + noise + level

    def clipped(values, most):
        return numpy.clip(numpy.rint((values + 2) / 4 * most), 0, most).astype(int)

    right = (able(60, 9, 1.2) > 0).astype(int)
    worth = numpy.array([100, 200, 300, 400, 400, 800, 250, 275, 2000])
    constant = clipped(able(30, 6, 1.0), 700)
    constant[:, 1], constant[:, 4] = 700, 0
    against = clipped(able(35, 2, 2.0), 500)
    against[:, 1] = 500 - against[:, 1]
    alone = numpy.array([[0, 400, 400], [400, 400, 400], [100, 400, 400], [400, 400, 400]])
    reverse = clipped(able(50, 6, 1.5), 400)
    reverse[:, 2] = 400 - reverse[:, 2]
    line = numpy.arange(6)[:, None] * numpy.array([[100, 50, 25]])
    tail = 999_000 + numpy.rint(able(80, 5, 1.0)).astype(int)
    return {
        "random": clipped(able(40, 8, 1.0), 1000),
        "no relation": random.integers(0, 401, size=(45, 7)),
        "ties": right * worth,
        "constant tests": constant,
        "one test against the others": reverse,
        "two tests against each other": against,
        "one test that differs": alone,
        "all on one line": line,
        "all tests alike": line[:, [0, 0, 0]],
        "same sum": numpy.array([[0, 400], [400, 0], [100, 300], [300, 100], [0, 400]]),
        "all the same": numpy.full((5, 3), 400),
        "two submissions": numpy.array([[0, 100, 30], [200, 150, 70]]),
        "three submissions": clipped(able(3, 4, 1.0), 400),
        "four submissions": clipped(able(4, 5, 1.0), 400),
        "one step of a large sum": tail,
        "large": clipped(able(400, 12, 0.8), 900),
    }


def alpha(numpy, points):
    points = points[:, points.max(axis=0) > points.min(axis=0)]
    tests = points.shape[1]
    total = points.sum(axis=1).var(ddof=1)
    if tests < 2 or total == 0:
        return None
    value = tests / (tests - 1) * (1 - points.var(axis=0, ddof=1).sum() / total)
    covariance = numpy.cov(points, rowvar=False)
    other = tests / (tests - 1) * (1 - numpy.trace(covariance) / covariance.sum())
    assert math.isclose(value, other, rel_tol=1e-12, abs_tol=1e-12), (value, other)
    return float(value)


def entry(numpy, stats, points, test):
    one, rest = points[:, test], points.sum(axis=1) - points[:, test]
    if numpy.ptp(one) == 0 or numpy.ptp(rest) == 0:
        return {"correlation": None, "low": None, "high": None}
    value = float(numpy.corrcoef(one, rest)[0, 1])
    result = stats.pearsonr(one, rest)
    assert math.isclose(value, result.statistic, rel_tol=1e-12, abs_tol=1e-12)
    interval = result.confidence_interval(0.95)
    return {"correlation": value, "low": float(interval.low), "high": float(interval.high)}


def golden(numpy, stats, points):
    points = points.astype(numpy.float64)
    reliability = alpha(numpy, points)
    error = None
    if reliability is not None and reliability >= 0:
        deviation = points.sum(axis=1).std(ddof=1) / 100
        error = float(deviation * numpy.sqrt(max(0.0, 1 - reliability)))
    return {
        "alpha": reliability,
        "standardError": error,
        "tests": [entry(numpy, stats, points, test) for test in range(points.shape[1])],
    }


def write(file):
    import numpy
    import scipy
    from scipy import stats

    # Of points that are the same for all, and of perfect lines, SciPy warns.
    warnings.simplefilter("ignore", stats.ConstantInputWarning)
    sets = [
        {"name": name, "points": points.tolist(), **golden(numpy, stats, points)}
        for name, points in classes(numpy).items()
    ]
    made = f"{HERE.name}, Python {sys.version.split()[0]}, NumPy {numpy.__version__}, "
    made += f"SciPy {scipy.__version__}"
    lines = ",\n".join(json.dumps(one, allow_nan=False) for one in sets)
    pathlib.Path(file).write_text(f'{{"madeBy": {json.dumps(made)},\n"sets": [\n{lines}\n]}}\n')


if sys.argv[1:2] == ["--here"]:
    write(sys.argv[2])
else:
    in_an_environment(sys.argv[1] if len(sys.argv) > 1 else str(HERE.parent / "goldens.json"))
