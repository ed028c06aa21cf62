import { errorCodes } from '../code.ts';

export const projectCodes = errorCodes({});
