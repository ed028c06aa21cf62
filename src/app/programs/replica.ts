// What a replica's process runs.
import '../speaking.ts';
import '../../replica/model/main.ts';
