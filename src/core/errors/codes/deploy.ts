import { errorCodes } from '../code.ts';

export const deployCodes = errorCodes({});
