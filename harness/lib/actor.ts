/** Who acts: the person behind a CI job, or the user of this environment. */

/** By the variables that GitHub, GitLab, Buildkite, CircleCI and Jenkins set. */
const ciVariables = [
  'GITHUB_ACTOR',
  'GITLAB_USER_LOGIN',
  'BUILDKITE_BUILD_CREATOR',
  'CIRCLE_USERNAME',
  'BUILD_USER_ID',
];
const userVariables = ['USER', 'LOGNAME', 'USERNAME'];

export function actorOf(env: { readonly [name: string]: string | undefined }): string {
  const first = (names: readonly string[]): string | undefined => names.map((name) => env[name]).find(Boolean);
  const inCi = first(ciVariables);
  if (inCi !== undefined) return `${inCi} (CI)`;
  return first(userVariables) ?? 'somebody unknown';
}
