// What a step's process runs.
import '../speaking.ts';
import '../../flow/step-process.ts';
