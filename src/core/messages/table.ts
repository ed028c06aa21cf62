import { appMessages } from './texts/app.ts';
import { askedMessages } from './texts/asked.ts';
import { cliMessages } from './texts/cli.ts';
import { lookCommandMessages } from './texts/command-look.ts';
import { runCommandMessages } from './texts/command-run.ts';
import { contractMessages } from './texts/contract.ts';
import { curvesMessages } from './texts/curves.ts';
import { dataMessages } from './texts/data.ts';
import { deployMessages } from './texts/deploy.ts';
import { doctorMessages } from './texts/doctor.ts';
import { errorMessages } from './texts/error.ts';
import { remedyMessages } from './error-table.ts';
import { evaluateMessages } from './texts/evaluate.ts';
import { eventMessages } from './texts/events.ts';
import { factMessages } from './texts/facts.ts';
import { fieldsMessages } from './texts/fields.ts';
import { flowMessages } from './texts/flow.ts';
import { gatewayMessages } from './texts/gateway.ts';
import { initMessages } from './texts/init.ts';
import { issueMessages } from './texts/issue.ts';
import { outsideMessages } from './texts/outside.ts';
import { problemMessages } from './texts/problem.ts';
import { projectMessages } from './texts/project.ts';
import { rejectMessages } from './texts/reject.ts';
import { releaseMessages } from './texts/release.ts';
import { reportMessages } from './texts/report.ts';
import { sectionMessages } from './texts/section.ts';
import { sectionTrainMessages } from './texts/section-train.ts';
import { serveMessages } from './texts/serve.ts';
import { settingsMessages } from './texts/settings.ts';
import { settingsTrainMessages } from './texts/settings-train.ts';
import { showMessages } from './texts/show.ts';
import { showProjectMessages } from './texts/show-project.ts';
import { storeMessages } from './texts/store.ts';
import { suiteMessages } from './texts/suite.ts';
import { trainMessages } from './texts/train.ts';
import { trainerMessages } from './texts/trainer.ts';
import { trainerModelMessages } from './texts/trainer-models.ts';
import { trainingMessages } from './texts/training.ts';
import { trustMessages } from './texts/trust.ts';
import { unitMessages } from './texts/units.ts';
import { usageMessages } from './texts/usage.ts';
import { yamlMessages } from './texts/yaml.ts';

/** Every text for people, in both languages; one file an area, so that a text is found by the start of its name. */
export const messageTable = {
  ...appMessages,
  ...askedMessages,
  ...cliMessages,
  ...contractMessages,
  ...curvesMessages,
  ...dataMessages,
  ...deployMessages,
  ...doctorMessages,
  ...errorMessages,
  ...evaluateMessages,
  ...eventMessages,
  ...factMessages,
  ...fieldsMessages,
  ...flowMessages,
  ...gatewayMessages,
  ...initMessages,
  ...issueMessages,
  ...lookCommandMessages,
  ...outsideMessages,
  ...problemMessages,
  ...projectMessages,
  ...rejectMessages,
  ...releaseMessages,
  ...remedyMessages,
  ...reportMessages,
  ...runCommandMessages,
  ...sectionMessages,
  ...sectionTrainMessages,
  ...serveMessages,
  ...settingsMessages,
  ...settingsTrainMessages,
  ...showMessages,
  ...showProjectMessages,
  ...storeMessages,
  ...suiteMessages,
  ...trainerMessages,
  ...trainerModelMessages,
  ...trainingMessages,
  ...trainMessages,
  ...trustMessages,
  ...unitMessages,
  ...usageMessages,
  ...yamlMessages,
} as const;

export type MessageId = keyof typeof messageTable;
