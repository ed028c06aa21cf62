import { errorCodes } from '../code.ts';

export const evaluateCodes = errorCodes({});
