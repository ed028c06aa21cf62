import { errorTexts } from '../../error-texts.ts';

export const flowErrorTexts = errorTexts({
  TOW_FLOW_PLAN_INVALID: {
    meaning: {
      en: 'The graph of steps does not hold together: a cycle, an unknown input, a name used twice, or parameters a step does not take.',
      zh: '步骤图不成立：存在环、未知输入、重名，或步骤不接受的参数。',
    },
    remedy: {
      en: 'report it with the message and your towpath.yaml',
      zh: '请附上信息和 towpath.yaml 报告此问题',
    },
  },
  TOW_FLOW_CODE_UNREADABLE: {
    meaning: {
      en: 'The code of a step, or something that it imports, cannot be read, so its version is unknown.',
      zh: '无法读取步骤的代码或其导入的内容，因而无法确定其版本。',
    },
    remedy: {
      en: 'install Towpath anew (in a clone: npm ci && npm run build)',
      zh: '请重新安装 Towpath（在克隆的仓库中：npm ci && npm run build）',
    },
  },
  TOW_FLOW_STEP_FAILED: {
    meaning: {
      en: 'A step threw an error that has no code of its own.',
      zh: '某个步骤抛出了没有专属代码的错误。',
    },
    remedy: {
      en: 'read the step’s log with `towpath logs last STEP`',
      zh: '用 `towpath logs last 步骤名` 查看该步骤的日志',
    },
  },
  TOW_FLOW_STEP_CRASHED: {
    meaning: {
      en: 'The process of a step ended by itself without saying how it went: a native fault or a call to exit.',
      zh: '步骤进程没有报告结果就自行结束：原生代码出错或调用了退出。',
    },
    remedy: {
      en: 'read the step’s log with `towpath logs last STEP`, then run again',
      zh: '用 `towpath logs last 步骤名` 查看日志，然后重新运行',
    },
  },
  TOW_FLOW_STEP_KILLED: {
    meaning: {
      en: 'Something outside killed the process of a step, twice: often the kernel when memory runs out.',
      zh: '步骤进程两次被外部终止：通常是内核在内存耗尽时所为。',
    },
    remedy: {
      en: 'see with `dmesg` whether memory ran out; give the machine more of it or run fewer things beside Towpath',
      zh: '用 `dmesg` 查看是否内存耗尽；增加内存，或减少与 Towpath 同时运行的程序',
    },
  },
  TOW_FLOW_STEP_MEMORY: {
    meaning: { en: 'A step needed more memory than its limit allows.', zh: '步骤所需的内存超过了其上限。' },
    remedy: {
      en: 'work on less at once: smaller source files, fewer rows',
      zh: '减少一次处理的数据量：更小的源文件、更少的行',
    },
  },
  TOW_FLOW_STEP_TIMEOUT: {
    meaning: {
      en: 'A step ran for longer than its limit and was stopped.',
      zh: '步骤运行时间超过上限，已被停止。',
    },
    remedy: {
      en: 'read the step’s log for what it was waiting on, then run again: finished steps are not repeated',
      zh: '查看该步骤的日志，了解它在等待什么，然后重新运行：已完成的步骤不会重复',
    },
  },
  TOW_FLOW_STEP_OUTPUT_MISSING: {
    meaning: {
      en: 'A step said it was done but did not write an output that it declares.',
      zh: '步骤声称已完成，但没有写出它声明的输出。',
    },
    remedy: { en: 'report it with the name of the step', zh: '请附上步骤名称报告此问题' },
  },
  TOW_FLOW_STEP_BUSY: {
    meaning: {
      en: 'Another run of this project has been computing the same step for longer than the step may take.',
      zh: '该项目的另一次运行正在计算同一步骤，且时间已超过该步骤的上限。',
    },
    remedy: {
      en: 'cancel the other run with `towpath cancel`, or wait for it, and run again',
      zh: '用 `towpath cancel` 取消另一次运行，或等它结束后重新运行',
    },
  },
  TOW_FLOW_CLAIM_LOST: {
    meaning: {
      en: 'A run was given up from elsewhere while it was still working, so what it made afterwards was not recorded.',
      zh: '一次运行仍在工作时被他处放弃，因此它之后的结果没有被记录。',
    },
    remedy: { en: 'run again: finished steps are not repeated', zh: '重新运行：已完成的步骤不会重复' },
  },
  TOW_FLOW_RUN_ALIVE: {
    meaning: {
      en: 'A run cannot be given up while its process is known to be alive.',
      zh: '运行所在的进程仍然存活，不能放弃该运行。',
    },
    remedy: {
      en: 'stop it with `towpath cancel`, without --gone',
      zh: '用 `towpath cancel` 停止它，不加 --gone',
    },
  },
  TOW_FLOW_STEP_UNSTARTABLE: {
    meaning: { en: 'The process of a step could not be started.', zh: '无法启动步骤的进程。' },
    remedy: {
      en: 'look at the cause: usually too many processes or too little memory',
      zh: '请查看原因：通常是进程过多或内存不足',
    },
  },
  TOW_FLOW_CANCELLED: {
    meaning: { en: 'The run was cancelled.', zh: '本次运行已被取消。' },
    remedy: {
      en: 'run again when you like: finished steps are not repeated',
      zh: '随时可以重新运行：已完成的步骤不会重复',
    },
  },
  TOW_FLOW_RUN_UNKNOWN: {
    meaning: {
      en: 'No run has that id, or several begin with it.',
      zh: '没有该编号的运行，或有多个运行以它开头。',
    },
    remedy: { en: 'see the ids with `towpath runs`', zh: '用 `towpath runs` 查看编号' },
  },
  TOW_FLOW_STEP_UNKNOWN: {
    meaning: { en: 'The run has no step of that name.', zh: '该次运行没有这个名称的步骤。' },
    remedy: { en: 'see its steps with `towpath run show`', zh: '用 `towpath run show` 查看其步骤' },
  },
  TOW_FLOW_DIGEST_UNKNOWN: {
    meaning: {
      en: 'No artifact or source file of that digest or path is known, or several begin with it.',
      zh: '没有该摘要或路径对应的产物或源文件，或有多个以它开头。',
    },
    remedy: {
      en: 'take a digest from `towpath run show` or the path of a source file',
      zh: '请使用 `towpath run show` 中的摘要，或某个源文件的路径',
    },
  },
});
