import { errorCodes, type Codes } from '../core/errors/entry.ts';

export const gatewayErrors = errorCodes({
  TOW_SERVE_GATEWAY_PORT_IN_USE: { kind: 'environment', http: 500 },
  TOW_SERVE_GATEWAY_CANNOT_LISTEN: { kind: 'environment', http: 500 },
  TOW_SERVE_GATEWAY_HOST_NOT_LOOPBACK: { kind: 'user', http: 500 },
  TOW_SERVE_GATEWAY_BAD_REQUEST: { kind: 'user', http: 400 },
  TOW_SERVE_GATEWAY_BODY_TOO_LARGE: { kind: 'user', http: 413 },
  TOW_SERVE_GATEWAY_MEDIA_TYPE: { kind: 'user', http: 415 },
  TOW_SERVE_GATEWAY_HEAD_TOO_LARGE: { kind: 'user', http: 431 },
  TOW_SERVE_GATEWAY_SLOW_REQUEST: { kind: 'user', http: 408 },
  TOW_SERVE_GATEWAY_EXPECTATION: { kind: 'user', http: 417 },
  TOW_SERVE_GATEWAY_CONNECTIONS: { kind: 'environment', http: 503 },
  TOW_SERVE_GATEWAY_NOT_FOUND: { kind: 'user', http: 404 },
  TOW_SERVE_GATEWAY_METHOD: { kind: 'user', http: 405 },
  TOW_SERVE_GATEWAY_MODEL_NOT_FOUND: { kind: 'user', http: 404 },
  TOW_SERVE_GATEWAY_HOST_REFUSED: { kind: 'user', http: 403 },
  TOW_SERVE_GATEWAY_BUSY: { kind: 'environment', http: 429 },
  TOW_SERVE_GATEWAY_NOT_READY: { kind: 'environment', http: 503 },
  TOW_SERVE_GATEWAY_DEADLINE: { kind: 'environment', http: 504 },
});

declare module '../core/errors/code.ts' {
  interface ErrorCodes extends Codes<typeof gatewayErrors> {}
}
