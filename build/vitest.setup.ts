import fc from 'fast-check'

// The same cases on every run, so that a red test is always the change's own. FUZZ_SEED=7 tries others;
// what it finds becomes a test of its own.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20261122) })
