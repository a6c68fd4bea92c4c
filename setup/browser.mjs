/** Which browser measures, and the flags it needs everywhere. */
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { mistakes } from './mistakes.mjs';

/**
 * @typedef {object} Browser
 * @property {string} path absolute path of the executable
 * @property {'configuration' | 'RAMPGATE_CHROMIUM' | 'CHROME_PATH' | 'playwright' | 'installed'} source who named it
 */

/**
 * @typedef {object} BrowserSearch
 * @property {string | undefined} [explicit] a path given by flag or configuration
 * @property {NodeJS.ProcessEnv} [env] `RAMPGATE_CHROMIUM`, `CHROME_PATH` and `PATH` are read
 * @property {string | undefined} [playwrightPath] what Playwright's `chromium.executablePath()` says; it may not exist
 * @property {readonly string[]} [places] where installed browsers usually are, when PATH does not tell
 */

const namesOnPath = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/** @type {readonly string[]} */
const usualPlaces =
  process.platform === 'darwin'
    ? ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
        `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
        `${folder}/Chromium.app/Contents/MacOS/Chromium`,
      ])
    : [
        '/opt/google/chrome/chrome',
        '/usr/bin/google-chrome',
        '/usr/bin/chromium',
        '/usr/lib/chromium/chromium',
        '/snap/bin/chromium',
      ];

/**
 * The first browser there is: named explicitly, named in the environment, Playwright's own, an installed one.
 *
 * @param {BrowserSearch} [search]
 * @returns {Browser | null} null when there is none
 * @throws {import('./mistakes.mjs').OperatorMistake} when one is named that is not there: taking another would measure
 *   something that nobody asked for
 */
export function findBrowser({ explicit, env = process.env, playwrightPath, places = usualPlaces } = {}) {
  return (
    named('configuration', explicit) ??
    named('RAMPGATE_CHROMIUM', env.RAMPGATE_CHROMIUM) ??
    named('CHROME_PATH', env.CHROME_PATH) ??
    firstOf('playwright', playwrightPath === undefined ? [] : [playwrightPath]) ??
    firstOf('installed', [...candidatesOnPath(env.PATH), ...places])
  );
}

/**
 * Command-line flags for every browser that measures: nothing in it may load, update or throttle on its own. The sandbox
 * stays on wherever Chromium allows it, which it does not for root.
 *
 * @returns {string[]}
 */
export function browserFlags() {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${disabledFeatures.join(',')}`,
  ];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
}

/**
 * Chromium heeds only the last such switch, so Playwright's own features are repeated here (a test compares them). The
 * last three are ours: with them on, every new context of Chromium 156 opens three hidden pages of the address bar, whose
 * renderers take about 1.2 s of processor time beside the page that is measured (cold start of the demo, two cores: p75
 * 1019 ms with them, about 500 ms without).
 */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

/**
 * @param {Browser['source']} source @param {string | undefined} path
 * @returns {Browser | null}
 */
function named(source, path) {
  if (path === undefined || path === '') return null;
  const found = firstOf(source, [resolve(path)]);
  if (found === null) throw mistakes.namedBrowserMissing({ source, path: resolve(path) });
  return found;
}

/**
 * @param {Browser['source']} source @param {readonly string[]} paths
 * @returns {Browser | null}
 */
function firstOf(source, paths) {
  const path = paths.find(isExecutable);
  return path === undefined ? null : { path, source };
}

/** @param {string | undefined} searchPath */
function candidatesOnPath(searchPath = '') {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  return namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
