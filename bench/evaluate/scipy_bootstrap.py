"""The same intervals by scipy.stats.bootstrap, for bench/evaluate/statistics.mjs: reads cases from stdin as JSON and
writes figures, intervals and seconds to stdout. Needs numpy and scipy."""

import json
import sys
import time

import numpy as np
import scipy
from scipy import stats


def ratio(numerators, denominators, axis=-1):
    return numerators.sum(axis) / denominators.sum(axis)


def run(request: dict, seed: int) -> list[dict]:
    results = []
    for case in request["cases"]:
        start = time.perf_counter()
        rng = np.random.default_rng(seed)
        options = dict(n_resamples=request["resamples"], vectorized=True, batch=1000, rng=rng)
        if case["kind"] == "ratio":
            data = (np.array(case["numerators"]), np.array(case["denominators"]))
            found = stats.bootstrap(data, ratio, paired=True, method="BCa", **options)
            figure = ratio(*data)
        elif case["kind"] == "difference":
            a, b = case["a"], case["b"]
            data = tuple(np.array(each) for each in (a["numerators"], a["denominators"], b["numerators"], b["denominators"]))

            def difference(na, da, nb, db, axis=-1):
                return ratio(na, da, axis) - ratio(nb, db, axis)

            found = stats.bootstrap(data, difference, paired=True, method="percentile", **options)
            figure = difference(*data)
        else:
            data = (np.array(case["values"]),)
            share = case["p"]
            found = stats.bootstrap(
                data, lambda v, axis=-1: np.quantile(v, share, axis=axis), method="percentile", **options
            )
            figure = np.quantile(data[0], share)
        low, high = found.confidence_interval
        results.append(
            {"figure": float(figure), "low": float(low), "high": float(high), "seconds": time.perf_counter() - start}
        )
    return results


def main() -> None:
    request = json.load(sys.stdin)
    runs = [run(request, seed) for seed in request["seeds"]]
    json.dump({"scipy": scipy.__version__, "runs": runs}, sys.stdout)


if __name__ == "__main__":
    main()
