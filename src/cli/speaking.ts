import '../app/speaking.ts';
import { registerErrors } from '../core/errors/registry.ts';
import { cliErrors } from './errors.ts';

registerErrors(cliErrors);
