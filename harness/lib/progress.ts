/** How a long piece of work tells what it is doing; the command decides what that looks like. */

/** Does a titled piece of work; `say` replaces the line that tells how far it is. Resolves to what the work resolves to. */
export type Progress = <T>(title: string, work: (say: (text: string) => void) => Promise<T>) => Promise<T>;
