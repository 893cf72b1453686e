/** Where a misbehaviour applies: everywhere and for ever unless told otherwise. */
export interface Aim {
  /** This vBucket only. */
  readonly vbucket?: number
  /** So often, then never again. */
  readonly times?: number
}

/** Parameters of a misbehaviour with its aim; optional where each of them is. */
export type Given<Parameters> =
  Partial<Parameters> extends Parameters ? [given?: Parameters & Aim] : [given: Parameters & Aim]

interface Setting<Parameters> {
  readonly given: Parameters & Aim
  left: number
}

/**
 * Switches for the misbehaviours of an endpoint: `Table` maps each name of the closed set to its parameters.
 *
 * A name may be switched on several times with different aims; the first setting that fits is used.
 */
export class Switchboard<Table extends object> {
  readonly #settings = new Map<keyof Table, Setting<Table[keyof Table]>[]>()

  /** Switches a misbehaviour on. */
  on<Name extends keyof Table>(name: Name, given: Table[Name] & Aim): void {
    const settings = this.#settings.get(name) ?? []
    settings.push({ given, left: given.times ?? Number.POSITIVE_INFINITY })
    this.#settings.set(name, settings)
  }

  /** Switches a misbehaviour off, whatever its aims. */
  off(name: keyof Table): void {
    this.#settings.delete(name)
  }

  /** Whether a misbehaviour was switched on for this vBucket and not off again, even if its times are used up. */
  isOn(name: keyof Table, vbucket?: number): boolean {
    return this.#settings.get(name)?.some(({ given }) => fits(given, vbucket)) ?? false
  }

  /** The parameters if the misbehaviour is to happen now; uses up one of its times. */
  take<Name extends keyof Table>(
    name: Name,
    vbucket?: number,
    wanted: (given: Table[Name]) => boolean = () => true
  ): Table[Name] | undefined {
    const settings = this.#settings.get(name) as Setting<Table[Name]>[] | undefined
    const setting = settings?.find(({ given, left }) => left > 0 && fits(given, vbucket) && wanted(given))
    if (setting === undefined) return undefined
    setting.left -= 1
    return setting.given
  }
}

function fits(aim: Aim, vbucket: number | undefined): boolean {
  return aim.vbucket === undefined || aim.vbucket === vbucket
}
