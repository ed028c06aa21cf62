import { errorTexts } from '../../error-texts.ts';

export const storeErrorTexts = errorTexts({
  TOW_STORE_DATABASE_CORRUPT: {
    meaning: {
      en: 'The project’s database file is damaged or is not a database.',
      zh: '项目的数据库文件已损坏，或者根本不是数据库。',
    },
    remedy: {
      en: 'run `towpath repair`: it sets .towpath/towpath.db aside and rebuilds releases, promotions and results from what lies beside the artifacts; or restore the database from a backup',
      zh: '执行 `towpath repair`：它会移开 .towpath/towpath.db，并用产物旁边保存的内容重建发布、上线记录和步骤结果；或用备份恢复数据库',
    },
  },
  TOW_STORE_RECORDS_LOST: {
    meaning: {
      en: 'The project’s database was lost, emptied or taken back to an earlier state, while its artifacts are there. Nothing is numbered anew until that is settled.',
      zh: '项目的数据库丢失、被清空或退回到较早的状态，而产物仍然存在。在处理之前不会重新编号。',
    },
    remedy: {
      en: 'restore the database from a backup; or run `towpath repair`, which rebuilds releases, promotions and results from what lies beside the artifacts; or start over with `towpath repair --afresh`',
      zh: '请用备份恢复数据库；或执行 `towpath repair`，用产物旁边保存的内容重建发布、上线记录和步骤结果；或用 `towpath repair --afresh` 从头开始',
    },
  },
  TOW_STORE_DATABASE_NEWER: {
    meaning: {
      en: 'The project’s records were written by a newer Towpath than this one.',
      zh: '项目的记录由比当前版本更新的 Towpath 写入。',
    },
    remedy: {
      en: 'install the Towpath version that last ran this project, or a newer one',
      zh: '请安装上次运行该项目的 Towpath 版本或更新的版本',
    },
  },
  TOW_STORE_DATABASE_BUSY: {
    meaning: {
      en: 'Another process kept the project’s database locked for longer than we wait.',
      zh: '另一个进程占用项目数据库的时间超过了等待上限。',
    },
    remedy: {
      en: 'try again; if it stays, look for a stuck process that holds .towpath/towpath.db open',
      zh: '请重试；若仍然如此，检查是否有卡住的进程一直打开着 .towpath/towpath.db',
    },
  },
  TOW_STORE_DATABASE_FAILED: {
    meaning: { en: 'The database refused a statement of ours.', zh: '数据库拒绝了我们的一条语句。' },
    remedy: { en: 'report it with the whole message', zh: '请附上完整信息报告此问题' },
  },
  TOW_STORE_DISK_FULL: {
    meaning: {
      en: 'The disk, or the quota on it, is full. Nothing half-written was kept.',
      zh: '磁盘或其配额已满。没有保留任何写到一半的内容。',
    },
    remedy: {
      en: 'free some space and run again: finished steps are not repeated',
      zh: '释放一些空间后重新运行：已完成的步骤不会重复',
    },
  },
  TOW_STORE_NOT_WRITABLE: {
    meaning: {
      en: 'The project’s .towpath folder cannot be read or written.',
      zh: '项目的 .towpath 文件夹无法读写。',
    },
    remedy: {
      en: 'give this user the right to read and write the folder, or choose another with --project',
      zh: '为当前用户授予该文件夹的读写权限，或用 --project 选择其他文件夹',
    },
  },
  TOW_STORE_NOT_A_FOLDER: {
    meaning: {
      en: 'A file, or a link to nowhere, stands where Towpath keeps a folder, usually at .towpath.',
      zh: '在 Towpath 需要存放文件夹的位置（通常是 .towpath）上有一个文件或失效的链接。',
    },
    remedy: {
      en: 'move it away or delete it; Towpath makes the folder itself',
      zh: '把它移走或删除；Towpath 会自己建立文件夹',
    },
  },
  TOW_STORE_ARTIFACT_MISSING: {
    meaning: {
      en: 'An artifact that the records name is not in the store, or part of it is gone.',
      zh: '记录中提到的产物不在存储中，或其一部分已丢失。',
    },
    remedy: {
      en: 'run `towpath run`: the step that made it is run again',
      zh: '执行 `towpath run`：生成它的步骤会重新运行',
    },
  },
  TOW_STORE_ARTIFACT_TAMPERED: {
    meaning: {
      en: 'The bytes of an artifact no longer have its digest: it was changed or the disk is failing.',
      zh: '产物的内容与其摘要不再一致：它被修改过，或磁盘出现故障。',
    },
    remedy: {
      en: 'run `towpath run`: what is damaged was set aside in .towpath/damaged, and the step that made it is run again; a part of an older release comes back only from a backup',
      zh: '执行 `towpath run`：损坏的内容已移到 .towpath/damaged，生成它的步骤会重新运行；较早发布的部件只能从备份恢复',
    },
  },
  TOW_STORE_ARTIFACT_NEWER: {
    meaning: {
      en: 'An artifact was written by a newer Towpath than this one. It is left as it is.',
      zh: '产物由比当前版本更新的 Towpath 写入，已原样保留。',
    },
    remedy: {
      en: 'install the Towpath version that last ran this project, or a newer one',
      zh: '请安装上次运行该项目的 Towpath 版本或更新的版本',
    },
  },
  TOW_STORE_ARTIFACT_REFUSED: {
    meaning: {
      en: 'What a step wrote cannot be kept as an artifact: a link, a special file, a name we refuse, or too much of it.',
      zh: '步骤写出的内容不能作为产物保存：含有链接、特殊文件、不被接受的名称，或数量过大。',
    },
    remedy: {
      en: 'let the step write plain files and folders only, within the limits named in the message',
      zh: '步骤只能写普通文件和文件夹，且不得超过信息中给出的上限',
    },
  },
  TOW_STORE_LEDGER_BROKEN: {
    meaning: {
      en: 'The ledger of promotions does not add up: a row was changed, removed or put in by hand, or the database is older than its artifacts. Nothing is promoted until that is settled.',
      zh: '上线记录的哈希链不一致：有记录被人为修改、删除或插入，或者数据库比产物更旧。在处理之前不会有发布上线。',
    },
    remedy: {
      en: 'run `towpath repair`: it restores the ledger from the copy beside the artifacts and keeps what does not fit aside; or restore a backup made before the change',
      zh: '执行 `towpath repair`：它会用产物旁边的副本恢复上线记录，并保留不一致的部分；或用改动之前的备份恢复',
    },
  },
  TOW_STORE_COPY_DAMAGED: {
    meaning: {
      en: 'A record and what is kept of it a second time beside the artifacts do not agree, or one of them cannot be read: it was changed by hand, or the disk is failing.',
      zh: '某条记录与产物旁边保存的副本不一致，或其中之一无法读取：它被人为修改过，或磁盘出现故障。',
    },
    remedy: {
      en: 'run `towpath repair`: it restores the record from the side that is whole, and keeps the other aside',
      zh: '执行 `towpath repair`：它会用完好的一方恢复记录，并保留另一方',
    },
  },
  TOW_STORE_BACKUP_REFUSED: {
    meaning: {
      en: 'The folder named for a backup holds something else than a backup of this project, or lies inside what is backed up.',
      zh: '指定的备份文件夹中有其他内容，或者它位于要备份的内容之内。',
    },
    remedy: {
      en: 'name a new folder outside .towpath, or the folder of an earlier backup of this project',
      zh: '请指定 .towpath 之外的新文件夹，或此项目先前的备份文件夹',
    },
  },
  TOW_STORE_RELEASE_UNKNOWN: {
    meaning: { en: 'There is no release of that name.', zh: '没有该名称的发布。' },
    remedy: { en: 'see the names with `towpath releases`', zh: '用 `towpath releases` 查看名称' },
  },
});
