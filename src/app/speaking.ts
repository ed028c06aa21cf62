import { contractErrors } from '../contract/errors.ts';
import { coreErrors } from '../core/errors/core-errors.ts';
import { registerErrors } from '../core/errors/registry.ts';
import '../core/messages/load.ts';
import { dataErrors } from '../data/errors.ts';
import { deployErrors } from '../deploy/errors.ts';
import { evaluateErrors } from '../evaluate/errors.ts';
import { flowErrors } from '../flow/errors.ts';
import { gatewayErrors } from '../gateway/errors.ts';
import { llamaErrors } from '../llama/errors.ts';
import { projectErrors } from '../project/errors.ts';
import { qaErrors } from '../qa/errors.ts';
import { releaseErrors } from '../release/errors.ts';
import { replicaErrors } from '../replica/errors.ts';
import { storeErrors } from '../store/errors.ts';
import { trainErrors } from '../train/errors.ts';
import { appErrors } from './errors.ts';

// For its effect: each program of ours begins with it, whatever it runs then, so that errors have their kinds and people
// their words. What a step computes does not reach it: its version is the same whatever is said.
const parts = [
  ...[
    coreErrors,
    contractErrors,
    projectErrors,
    storeErrors,
    flowErrors,
    dataErrors,
    trainErrors,
    evaluateErrors,
  ],
  ...[releaseErrors, deployErrors, qaErrors, llamaErrors, replicaErrors, gatewayErrors, appErrors],
];
parts.forEach(registerErrors);
