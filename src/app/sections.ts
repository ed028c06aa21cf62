import { dataSection } from '../data/data-section.ts';
import { indexSection } from '../data/index/section.ts';
import type { FormatTable } from '../data/formats/format-table.ts';
import { formats } from '../data/formats/table.ts';
import { sourcesSectionOver } from '../data/sources-section.ts';
import { evaluateSection } from '../evaluate/section.ts';
import type { Project, SectionValues } from '../project/load.ts';
import { qaSection } from '../qa/section.ts';
import { serveSection } from '../gateway/section.ts';
import { trainSection } from '../train/jobs/section.ts';
import { modelsSection } from '../train/models/section.ts';
import { projectSection } from './project-section.ts';

/** The keys of `towpath.yaml`, in the order of the flow. @param known formats that files of sources may be in */
export function sectionsOver(known: FormatTable) {
  return [
    projectSection,
    sourcesSectionOver(known),
    dataSection,
    indexSection,
    modelsSection,
    trainSection,
    qaSection,
    evaluateSection,
    serveSection,
  ] as const;
}

/** Over the formats of this version. */
export const sections = sectionsOver(formats);

export type Settings = SectionValues<typeof sections>;

export type LoadedProject = Project<Settings>;
