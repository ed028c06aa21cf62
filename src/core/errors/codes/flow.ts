import { errorCodes } from '../code.ts';

export const flowCodes = errorCodes({});
