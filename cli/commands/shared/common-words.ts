/** Common passwords and words; the rank counts from 1. */
export const commonWords: ReadonlyMap<string, number> = new Map(
  `
password 123456 qwerty letmein dragon baseball football monkey abc123 mustang access shadow master
michael superman welcome hello secret admin root test guest default changeme login pass user demo sample
example temp foo bar baz qux the and for are but not you all any can her was one our out day get has him
his how man new now old see two way who boy did its let put say she too use that with have this will your
from they know want been good much some time very when come here just like long make many more only over
such take than them well were about after again could every first found great house large learn never
other place plant point right small sound spell still study their there these thing think three water
where which world would write year people back because before between both down each even find give going
hand high home into keep last life line live look made might mean mother move must name need next night
number often once open part play port read really same saw school second seem sentence should show side
something sometimes story start stop through together under until upon using while without work young
correct horse battery staple value key token server client database service account prod production
staging dev development local public private system application config setting string boolean null true
false none empty object array file path host url http https email phone address city state country summer
winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march
april june july august september october november december love money power princess sunshine iloveyou
charlie donald jordan hunter killer trustno1 ranger buster soccer hockey george andrew jennifer thomas
robert daniel jessica ashley michelle amanda nicole orange purple yellow green black white blue red
silver golden coffee computer internet keyboard monitor mouse table chair window door apple banana cherry
lemon peach mango tiger lion eagle bear wolf fox cat dog bird fish snake rabbit turtle chicken cow pig
sheep goat asdf zxcv asdfgh zxcvbn qazwsx placeholder dummy fake mock todo later replace please insert
enter type
`
    .trim()
    .split(/\s+/)
    .map((word, index): [string, number] => [word, index + 1]),
)
