import { errorCodes } from '../code.ts';

export const dataCodes = errorCodes({});
