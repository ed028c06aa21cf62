/**
 * Frequent English verbs, adverbs and adjectives that no noun phrase begins or ends with. They part chunks, but
 * still count as words of a question: "begin" and "require" say what it is about.
 */
const loose = new Set(
  `became become becomes begin began begins include includes included including provide provides provided call called
  calls use uses used using often usually generally sometimes always never now later then still even first rather
  around along across after before until since because although though while whereas however therefore thus make makes
  made making take takes took taken taking give gives gave given giving go goes went come comes came coming get got
  see seen saw found find finds show shows showed shown hold holds held keep keeps kept lead leads led leave leaves
  leaving bring brings brought allow allows allowed allowing require requires required contain contains contained
  consist consists consisted remain remains remained continue continues continued refer refers referred known named
  mean means meant seem seems appear appears appeared cause caused causing create creates created help helps helped
  put set sets able likely certain due well much less least almost nearly approximately about according based
  well-known currently previously originally particularly especially mainly mostly largely partly perhaps together
  instead away back out off down again once already soon away never ever quite too believed considered thought said
  says state states stated claim claims claimed argue argued suggest suggests suggested report reported reports want
  wants wanted need needs needed lie lies lay located situated establish established establishes found founded built
  write wrote written publish published develop developed start started end ended stop stopped return returns returned
  run runs ran live lived move moved work worked serve served offer offers offered support supports supported receive
  received win won lose lost play played plays win wins like likes unlike throughout despite against among both few
  several more most different similar various important large small new old possible available being having`.split(
    /\s+/,
  ),
);

export function isLoose(word: string): boolean {
  return loose.has(word);
}
