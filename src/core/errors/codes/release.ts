import { errorCodes } from '../code.ts';

export const releaseCodes = errorCodes({});
