import { errorCodes } from '../code.ts';

export const trainCodes = errorCodes({});
