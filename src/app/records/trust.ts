import type { Ask } from '../../project/trust/ask.ts';

export interface TrustChange {
  readonly asks: readonly Ask[];
  /** Takes them from what the project is trusted with, or everything when none is named. @default false */
  readonly revoke?: boolean;
}

export interface AskedRecord extends Ask {
  /** `models.generator.from[0].token`. */
  readonly where: string;
  readonly trusted: boolean;
}

export interface TrustRecord {
  /** Real path of the project's folder, which trust is bound to. */
  readonly project: string;
  /** Where the trust is kept. */
  readonly file: string;
  readonly asked: readonly AskedRecord[];
  readonly trusted: {
    readonly hosts: readonly string[];
    readonly secrets: readonly string[];
    readonly paths: readonly string[];
  };
  /** Paths among these where nothing is. */
  readonly notThere: readonly string[];
  /** Other problems of the project file: while it has some, it may ask for more than was found. */
  readonly problems: number;
  /** Trusts the project with all that it asks for and is not trusted with. */
  readonly command?: string;
}
