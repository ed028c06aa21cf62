import { dataSection } from '../data/data-section.ts';
import { indexSection } from '../data/index/section.ts';
import { sourcesSection } from '../data/sources-section.ts';
import { evaluateSection } from '../evaluate/section.ts';
import type { Project, SectionValues } from '../project/load.ts';
import { qaSection } from '../qa/section.ts';
import { serveSection } from '../gateway/section.ts';
import { trainSection } from '../train/jobs/section.ts';
import { modelsSection } from '../train/models/section.ts';
import { projectSection } from './project-section.ts';

/** The keys of `towpath.yaml`, in the order of the flow. */
export const sections = [
  projectSection,
  sourcesSection,
  dataSection,
  indexSection,
  modelsSection,
  trainSection,
  qaSection,
  evaluateSection,
  serveSection,
] as const;

export type Settings = SectionValues<typeof sections>;

export type LoadedProject = Project<Settings>;
