import { intake, type Intake } from '../data/ingest/intake.ts';
import { dataStageOver } from '../data/stage.ts';
import { indexStage } from '../data/index/stage.ts';
import { evaluateStage } from '../evaluate/stage.ts';
import { defineStage } from '../flow/stage.ts';
import { gatewayStage } from '../gateway/stage.ts';
import type { Project, SectionValues } from '../project/load.ts';
import { qaStage } from '../qa/stage.ts';
import { releaseStage } from '../release/stage.ts';
import { modelsStage } from '../train/models/stage.ts';
import { trainStage } from '../train/stage.ts';
import { projectSection } from './project-section.ts';

const projectStage = defineStage({ name: 'project', sections: [projectSection], errors: {} });

/**
 * The parts of the flow, in its order: that of the keys of `towpath.yaml` and of the steps of a plan.
 *
 * @param intake formats that files of sources may be in
 */
export function stagesOver(intake: Intake) {
  return [
    ...[projectStage, dataStageOver(intake), modelsStage, indexStage, trainStage, qaStage, evaluateStage],
    ...[gatewayStage, releaseStage],
  ] as const;
}

type AnyStage = ReturnType<typeof stagesOver>[number];
type AnySection = AnyStage['sections'][number];

/** The keys of `towpath.yaml`. */
export function sectionsOf(of: readonly AnyStage[]): readonly AnySection[] {
  return of.flatMap((stage): readonly AnySection[] => stage.sections);
}

/** Over the formats of this version. */
export const stages = stagesOver(intake);
export const sections = sectionsOf(stages);

export type Settings = SectionValues<readonly AnySection[]>;

export type LoadedProject = Project<Settings>;
