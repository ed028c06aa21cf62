import { defineStage } from '../flow/stage.ts';
import { gatewayErrors } from './errors.ts';
import { serveSection } from './section.ts';

/** The service itself: no step makes it. */
export const gatewayStage = defineStage({
  name: 'gateway',
  sections: [serveSection],
  errors: gatewayErrors,
});
