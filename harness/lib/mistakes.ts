/** Every message for an operator's mistake: what happened, with the values, and what to do next. Exit code 3. */
import { OperatorMistake } from '../../setup/mistakes.mjs';

export { OperatorMistake };

export const mistakes = {
  noConfig: (path: string) =>
    new OperatorMistake(
      `There is no configuration at ${path}.\nRun the command in the folder that holds rampgate.config.ts, or name it with --config PATH.`,
    ),

  configDoesNotLoad: (path: string, why: string) =>
    new OperatorMistake(
      `${path} could not be loaded: ${why}\nIt runs on Node's type stripping: no enums, no namespaces, imports with their file ending.`,
    ),

  configInvalid: (path: string, problems: readonly string[]) =>
    new OperatorMistake(
      `${path} has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nNothing was measured. Correct ${problems.length === 1 ? 'it' : 'them all'} and run again.`,
    ),

  unknownName: (
    what: string,
    name: string,
    { known, suggestion }: { readonly known: readonly string[]; readonly suggestion: string | null },
  ) =>
    new OperatorMistake(
      `There is no ${what} called "${name}".${suggestion === null ? '' : ` Did you mean "${suggestion}"?`}\nThe configuration has: ${known.join(', ')}.`,
    ),

  noDrill: (path: string) =>
    new OperatorMistake(
      `${path} has no drill: it does not say how a fault is planted in a target.\nAdd "drill" to it, as docs/drill.md shows.`,
    ),

  noProxyDrill: (path: string) =>
    new OperatorMistake(
      `${path} does not say what a proxy before a target is to imitate.\nAdd "drill.throughProxy" to it, as docs/drill.md shows.`,
    ),

  faultCannotBePlanted: (name: string, size: number | null, why: string) =>
    new OperatorMistake(
      `The fault "${name}"${size === null ? '' : ` of size ${size}`} gives the proxy nothing that it can do: ${why}\nCorrect drill.throughProxy.faults.${name}.plant, or give another size.`,
    ),

  proofsUnreadable: (file: string, why: string) =>
    new OperatorMistake(
      `${file} says what drills proved and cannot be read: ${why}\nNothing was measured. Remove it and drill again: npx rampgate drill`,
    ),

  nothingToDrill: (what: string) =>
    new OperatorMistake(
      `Nothing is to be drilled: ${what}.\nName another fault or criterion, or leave one of the flags out.`,
    ),

  badUrl: (option: string, value: string) =>
    new OperatorMistake(
      `${option} got "${value}", which is not an http:// or https:// address.\nGive the whole address, for example ${option} https://staging.example.com.`,
    ),

  badLogFile: (value: string) =>
    new OperatorMistake(
      `--logs got "${value}", which does not name a log and its file.\nGive both, for example --logs api=/var/log/skillmeat/api.log.`,
    ),

  halfAnAddress: (given: string, missing: string, target: string) =>
    new OperatorMistake(
      `${given} is given without ${missing}, and the target "${target}" is started by a command, so the other address is not known.\nGive both, or neither.`,
    ),

  unreachable: (what: string, url: string, why: string) =>
    new OperatorMistake(
      `Nothing answers at ${url} (${what}): ${why}.\nIs it running, and is this machine allowed to reach it? Nothing was measured.`,
    ),

  hostNotAllowed: (host: string, target: string) =>
    new OperatorMistake(
      `${host} is not on this machine, and the configuration does not allow load on it.\nIf it is yours to load, add "${host}" to targets.${target}.allowHosts.`,
    ),

  loadHostNotAllowed: (host: string) =>
    new OperatorMistake(
      `${host} is not on this machine, so it is not put under load.\nIf it is yours to load, say so with --allow-host ${host}.`,
    ),

  aboveCeiling: (what: string, value: number, ceiling: { readonly flag: string; readonly value: number }) =>
    new OperatorMistake(
      `${what} is ${value}, above the ceiling of ${ceiling.value}.\nAsk for less, or raise the ceiling with ${ceiling.flag} if the target can bear it.`,
    ),

  nothingToLoad: () =>
    new OperatorMistake(
      'There is nothing to load.\nGive a URL, or a file of them with --urls FILE: rampgate load http://localhost:8080/api/items',
    ),

  badFlag: (flag: string, value: string, wanted: string) =>
    new OperatorMistake(`${flag} got "${value}".\nIt takes ${wanted}.`),

  renamedFlag: (former: string, now: string) =>
    new OperatorMistake(`${former} is called ${now} now.\nType ${now} instead.`),

  targetDidNotStart: (target: string, command: string, why: string) =>
    new OperatorMistake(
      `The target "${target}" did not start: ${why}\nIts command was: ${command}\nRun it by hand to see more.`,
    ),

  checklistRunUnreadable: (file: string, why: string) =>
    new OperatorMistake(
      `${file} holds a checklist run and cannot be read: ${why}\nTake it from a backup, or move it away and walk the list again with --new.`,
    ),

  nobodyToTell: (path: string) =>
    new OperatorMistake(
      `${path} has neither "reporting" nor "notify", so nothing ever waits to be delivered.\ndocs/reporting.md and docs/after-the-deploy.md say how to set them up.`,
    ),

  cannotDeliver: (why: string) =>
    new OperatorMistake(`Nothing was delivered: ${why}.\nSet it and run again; what waits goes on waiting.`),

  notJudged: (folder: string) =>
    new OperatorMistake(
      `There is no judged run in ${folder}, so there is nothing to go back for.\nName a run folder that has a gate.json, or the layers with --scope backend.`,
    ),

  nothingNamed: () =>
    new OperatorMistake(
      'Nothing was rolled back: --execute needs to know what it is for.\nName the no-go run: rampgate rollback reports/latest --execute. Or the layers: --scope backend.',
    ),

  nothingToRollBack: (run: string, verdict: string) =>
    new OperatorMistake(
      `Nothing was rolled back: run ${run} is ${verdict}, and only a no-go has a rollback plan.\nIf you know better, name the layers: rampgate rollback --execute --scope backend.`,
    ),

  noAddressToRollBack: (target: string) =>
    new OperatorMistake(
      `Nothing was rolled back: the configuration does not say where ${target} is, so that nothing could be verified.\nSay it with --web URL --api URL.`,
    ),

  noStepBack: (target: string) =>
    new OperatorMistake(
      `Nothing was rolled back: the configuration states no step for it.\nAdd one to rollback.steps, or to targets.${target}.rollback.steps.`,
    ),

  nothingTellsThatItWorked: (step: string) =>
    new OperatorMistake(
      `Nothing was rolled back: nothing says how to see that "${step}" worked; that an address answers, it may have done before.\nGive the step "proves", "cacheStorage", or "settles" with "shows" or "header".`,
    ),

  valuesMissing: (step: string, names: readonly string[]) =>
    new OperatorMistake(
      `Nothing was rolled back: "${step}" needs ${names.map((name) => `{${name}}`).join(' and ')}, and nobody said what that is.\nAdd it to rollback.values.`,
    ),

  anotherIdTyped: (given: string, expected: string) =>
    new OperatorMistake(
      `Nothing was rolled back: --yes got "${given}", and this is about ${expected}.\nType what you mean to roll back: --yes ${expected}`,
    ),

  nobodyToAsk: (expected: string) =>
    new OperatorMistake(
      `Nothing was rolled back: nobody sits at a terminal to be asked before each step.\nTo go ahead without being asked: --yes ${expected}`,
    ),

  noIncident: (what: string) =>
    new OperatorMistake(
      `${what}, and nothing was rolled back for it: there is no incident to write about.\nName the run or the watch that had one: rampgate incident reports/RUN.`,
    ),

  incidentThere: (file: string) =>
    new OperatorMistake(
      `${file} is there already, and people may have completed it.\nMove it away, or write it anew with --overwrite.`,
    ),

  rollbackUnreadable: (file: string, why: string) =>
    new OperatorMistake(
      `${file} says which rollback steps were executed and cannot be read: ${why}\nLook at what it did by hand before anything is done again, then move it away.`,
    ),

  preflightUnreadable: (file: string, why: string) =>
    new OperatorMistake(
      `${file} says which rollback steps were verified and cannot be read: ${why}\nRemove it and verify again: npx rampgate rollback --check`,
    ),

  noRun: (folder: string) =>
    new OperatorMistake(
      `There is no run in ${folder}: it holds no policy.json.\nName a run folder, such as reports/latest.`,
    ),

  runsNotComparable: (before: string, after: string, why: readonly string[]) =>
    new OperatorMistake(
      `${before} and ${after} cannot be compared: ${why.join('; ')}.\nCompare two runs of one rollout and target, or measure both in turn: rampgate compare TARGET TARGET.`,
    ),

  neitherRunNorTarget: (word: string, targets: readonly string[]) =>
    new OperatorMistake(
      `"${word}" is neither a run nor a target.\nName a run folder, the id of a run under --out, "latest", or a target of the configuration (${targets.join(', ')}), with a fault of its drill behind a colon where one is to be planted: demo:slow-diff=20.`,
    ),

  noComparison: (word: string) =>
    new OperatorMistake(
      `${word} is no comparison of two targets: it holds no plan.json.\nName two runs or two targets to compare, or the folder or id of a comparison that measured two targets, to judge it again.`,
    ),

  notPlantable: (word: string, why: string) =>
    new OperatorMistake(
      `${word} cannot be planted: ${why}.\nOnly the target of the configuration's drill takes faults, by NAME or NAME=SIZE: demo:slow-diff=20. For another difference, give the configuration a target of its own.`,
    ),

  runAndTarget: (run: string, target: string) =>
    new OperatorMistake(
      `${run} is a saved run and ${target} a target.\nWhat was measured at another time is compared with what was measured at another time: name two runs, or two targets, which are then measured in turn.`,
    ),

  runUnreadable: (file: string, why: string) =>
    new OperatorMistake(
      `${file} cannot be judged again: ${why}\nNothing was judged: part of a run is not the run. Take the file from a backup or a CI artifact, or measure again.`,
    ),

  otherSchemaVersion: (file: string, version: unknown) =>
    new OperatorMistake(
      `${file} has schema version ${typeof version === 'number' ? version : 'unknown'}; this Rampgate reads version 1.\nJudge it with the Rampgate that wrote it, or measure again.`,
    ),

  archiveUnreadable: (file: string, why: string) =>
    new OperatorMistake(
      `${file} is not a readable run archive: ${why}.\nName a run folder, or an archive that "rampgate report RUN --archive" made; copy it again if it was cut short.`,
    ),

  archiveChanged: (file: string, problems: readonly string[]) =>
    new OperatorMistake(
      `${file} is not as it was made:\n${listedProblems(problems)}\nNothing was judged: what was changed proves nothing. Take the archive from where it was first kept.`,
    ),

  bundleNotOpened: (file: string) =>
    new OperatorMistake(
      `${file} is an archive, and its page leads to the files beside it.\nUnpack it with "tar -xzf ${file}", and open gate.html in there; or print the page: --format html --out gate.html`,
    ),

  notOpened: (file: string, why: string) =>
    new OperatorMistake(
      `${file} could not be opened here: ${why}.\nOpen it yourself, in any browser; it needs no network.`,
    ),

  noBundle: (target: string) =>
    new OperatorMistake(
      `The configuration does not say where the scripts of ${target} are.\nAdd them: bundle: { pages: [{ path: '/', expectText: 'Welcome' }] }, or bundle: { build: 'dist' }.`,
    ),

  storeUnavailable: (why: string) =>
    new OperatorMistake(
      `The store does not answer: ${why}.\nThe run folders are whole without it. Look at its address and its server, and at PGPASSWORD; or take "store" out of the configuration to use the index beside the run folders.`,
    ),

  noStoreThere: (place: string) =>
    new OperatorMistake(
      `There is no store at ${place}: it is neither a folder of reports nor an index.\nNothing was added. Name a folder with index.sqlite or baselines/ in it, or an index.sqlite.`,
    ),

  unreadableStore: (why: string) =>
    new OperatorMistake(
      `What is to be merged cannot be read: ${why}.\nIt is left as it is. Take it again from the cache or the artifact it came from, or name the folder with its runs.`,
    ),

  noStoreAddress: (variable: string) =>
    new OperatorMistake(
      `The configuration keeps its runs in the Postgres that ${variable} names, and ${variable} is not set.\nSet it to postgres://USER:PASSWORD@HOST/DATABASE, or take "store" out of the configuration.`,
    ),

  badStoreAddress: (variable: string) =>
    new OperatorMistake(
      `${variable} is not the address of a Postgres.\nIt looks like postgres://USER:PASSWORD@HOST/DATABASE; its value is not shown here, because it may hold a password.`,
    ),

  notAcceptable: (run: string, why: string) =>
    new OperatorMistake(
      `${run} does not become a baseline: ${why}.\nAccept a run that is go. If only the comparison itself stands in the way of a deliberate change, waive that criterion, run again, and accept that run.`,
    ),

  notABaseline: (run: string) =>
    new OperatorMistake(`${run} is no baseline.\n"rampgate baseline list" shows those that are.`),

  noHistoryOf: (
    criterion: string,
    { known, suggestion }: { readonly known: readonly string[]; readonly suggestion: string | null },
  ) =>
    new OperatorMistake(
      `No run that is remembered had a criterion called "${criterion}".${suggestion === null ? '' : ` Did you mean "${suggestion}"?`}\nThey had: ${known.join(', ')}.`,
    ),

  noWatch: (name: string, folder: string) =>
    new OperatorMistake(
      `There is no watch called "${name}" in ${folder}.\nGive the id that it printed when it began, or "latest", and the --out that it was started with.`,
    ),

  watchIsOver: (name: string) =>
    new OperatorMistake(
      `${name} came to its end, so there is nothing to go on with.\nStart a new one: npx rampgate watch`,
    ),

  settledByTheWatch: (flag: string, given: string, asked: string | null) =>
    new OperatorMistake(
      `${flag} ${given} cannot be said of a watch that goes on: it was begun ${asked === null ? `without ${flag}` : `with ${flag} ${asked}`}.\nLeave ${flag} out, or start a new watch without --resume.`,
    ),

  noStages: (name: string) =>
    new OperatorMistake(
      `The configuration names no stages, so "${name}" is none of them.\nAdd them: watch: { stages: { ${name}: { title: 'Canary, 10 %', for: '5min' } } }.`,
    ),

  noBrowser: () =>
    new OperatorMistake(
      'There is no Chromium or Chrome to measure with.\nOne of these helps:\n  - npx playwright install chromium\n  - apt-get install chromium (or install Google Chrome)\n  - RAMPGATE_CHROMIUM=/path/to/chromium, --browser PATH, or browser.executablePath in rampgate.config.ts',
    ),
} as const;

/** The first few of them; a long list says no more than that it is long. */
function listedProblems(problems: readonly string[]): string {
  const shown = problems.slice(0, 10).map((problem) => `  - ${problem}`);
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`  - and ${more} more`] : [])].join('\n');
}
