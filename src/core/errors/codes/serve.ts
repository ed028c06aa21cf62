import { errorCodes } from '../code.ts';

export const serveCodes = errorCodes({});
