// While test files are loaded no mutant is active, also not the one of the run before.
if (globalThis.__stryker__) globalThis.__stryker__.activeMutant = undefined;
