import { errorCodes } from '../code.ts';

export const storeCodes = errorCodes({});
