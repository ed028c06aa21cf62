// What a replica's process runs.
import '../speaking.ts';
import '../../serve/replica/main.ts';
