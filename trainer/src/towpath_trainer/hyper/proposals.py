"""Which settings come next, and which trials are not worth finishing: Optuna's TPE (Bergstra et al., 2011) and its
form of ASHA (Li et al., 2020), which ends a trial at a rung instead of pausing it.

Proposal `n` is a pure function of the seed, `n` and the trials before it: a search that was killed goes on with the
proposals of an undisturbed one.
"""

import numpy as np
import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import Trial, TrialState

from towpath_trainer.hyper.space import Interval, Search, Settings

ATTEMPTS = 50
"""Proposals in a row that were tried before: then the ranges are taken to hold no others."""


class Proposals:
    """The trials of a search as Optuna sees them, by their numbers from 1."""

    def __init__(self, search: Search, seed: int, first: Settings | None) -> None:
        """`first` is proposed before all others: the job as it stands."""
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._seed = seed
        self._first = first
        self._space = {name: _distribution(search.ranges[name]) for name in search.ranges}
        # Random settings before the model of good ones is worth anything: a third of the trials, 10 at most.
        self._random = min(10, max(2, search.trials // 3))
        self._units = search.reduction**search.rungs
        # A trial's length in units: rung k of `rungs` lies at reduction^k of reduction^rungs.
        pruner: optuna.pruners.BasePruner = optuna.pruners.NopPruner()
        if search.rungs > 0:
            pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=search.reduction)
        self._study = optuna.create_study(direction="minimize", pruner=pruner)
        self._trials: dict[int, Trial] = {}
        self._reached: dict[int, int] = {}
        self._seen: set[tuple[object, ...]] = set()

    def ask(self, number: int) -> Settings | None:
        """Settings for trial `number` that none had before it; None when there are no more."""
        if number == 1 and self._first is not None:
            self.adopt(number, self._first)
            return self._first
        for attempt in range(ATTEMPTS):
            seed = np.random.SeedSequence([self._seed, number, attempt]).generate_state(1)[0]
            self._study.sampler = optuna.samplers.TPESampler(
                seed=int(seed), n_startup_trials=self._random, constant_liar=True
            )
            trial = self._study.ask(self._space)
            settings = dict(trial.params)
            if self._key(settings) not in self._seen:
                self._keep(number, trial, settings)
                return settings
            # As failed it is invisible to the sampler.
            self._study.tell(trial, state=TrialState.FAIL)
        return None

    def adopt(self, number: int, settings: Settings) -> None:
        """Take settings that were proposed before."""
        self._study.enqueue_trial(settings)
        self._keep(number, self._study.ask(self._space), settings)

    def validated(self, number: int, share: float, loss: float) -> bool:
        """Take a validation into account after `share` of a trial; returns whether the trial is to end here."""
        trial = self._trials[number]
        unit = int(share * self._units)
        if unit > self._reached.get(number, -1):
            trial.report(loss, unit)
            self._reached[number] = unit
        return share < 1 and trial.should_prune()

    def ended(self, number: int, state: str, loss: float | None) -> None:
        """Close a trial: complete, pruned or failed.

        A failed one is told as pruned, for the sampler would not see it otherwise and propose its like again.
        """
        trial = self._trials[number]
        if state == "complete":
            self._study.tell(trial, loss)
        else:
            self._study.tell(trial, state=TrialState.PRUNED)

    def _keep(self, number: int, trial: Trial, settings: Settings) -> None:
        self._trials[number] = trial
        self._seen.add(self._key(settings))

    def _key(self, settings: Settings) -> tuple[object, ...]:
        # With its type: True is no 1.
        return tuple((type(settings[name]), settings[name]) for name in self._space)


def _distribution(of: object) -> BaseDistribution:
    if not isinstance(of, Interval):
        return CategoricalDistribution(of.values)  # type: ignore[attr-defined]
    if of.whole:
        return IntDistribution(int(of.low), int(of.high), log=of.log)
    return FloatDistribution(float(of.low), float(of.high), log=of.log)
