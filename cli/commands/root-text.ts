/** What `esc` says about itself; `name` is the command as the person types it. */
export function rootText(name: string): string {
  return `Pulumi ESC - Manage environments, secrets, and configuration

To begin working with Pulumi ESC, run the \`${name} env init\` command:

    $ ${name} env init

This will prompt you to create a new environment to hold secrets and configuration.

The most common commands from there are:

    - ${name} env get  : Get a property in an environment definition
    - ${name} env set  : Set a property in an environment definition
    - ${name} env edit : Edit an environment definition
    - ${name} env ls   : List available environments
    - ${name} run      : Run a command within the context of an environment
    - ${name} open     : Open an environment and access its contents

For more information, please visit the project page: https://www.pulumi.com/docs/esc`
}
