/** The view update generator is shutting down, and makes no updates any more. Source: db/view/view_update_generator.cc. */
export class GeneratorStopped extends Error {
  override readonly name = "GeneratorStopped"
}
