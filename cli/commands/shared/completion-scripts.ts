/**
 * Each script hands the words of the line to `esc __complete`, the last being the one under the cursor, and shows the
 * lines it prints: a word, a tab, a description. Without a proposal the shell completes file names.
 */

export const bashCompletion = `# bash completion for esc
_esc() {
    local line words cur
    words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
    # bash splits words at : and =, which environment names and options contain
    if declare -F _get_comp_words_by_ref >/dev/null; then
        local all=() index
        _get_comp_words_by_ref -n =: -w all -i index
        words=("\${all[@]:1:index}")
    fi
    cur="\${words[-1]}"
    COMPREPLY=()
    while IFS=$'\\t' read -r line _; do
        [[ -n $line ]] && COMPREPLY+=("$line")
    done < <("\${COMP_WORDS[0]}" __complete -- "\${words[@]}" 2>/dev/null)
    if declare -F __ltrim_colon_completions >/dev/null; then __ltrim_colon_completions "$cur"; fi
}
complete -o default -F _esc esc
`

export const zshCompletion = `#compdef esc
_esc() {
    local -a values descriptions
    local line value
    while IFS= read -r line; do
        value="\${line%%$'\\t'*}"
        values+=("$value")
        descriptions+=("\${line//$'\\t'/  -- }")
    done < <("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( \${#values} )); then
        compadd -d descriptions -a values
    else
        _files
    fi
}
if [[ "\${funcstack[1]}" = _esc ]]; then _esc "$@"; else compdef _esc esc; fi
`

export const fishCompletion = `# fish completion for esc
function __esc_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l current (commandline --current-token --cut-at-cursor)
    $words[1] __complete -- $words[2..-1] "$current" 2>/dev/null
end
complete --command esc --no-files --arguments '(__esc_complete)'
complete --command esc --condition 'test -z "$(__esc_complete)"' --force-files
`

export const powershellCompletion = `# powershell completion for esc
Register-ArgumentCompleter -Native -CommandName esc -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { $_.ToString() })
    if ($word -eq '') { $words += '' }
    & $ast.CommandElements[0].ToString() __complete '--' @words 2>$null | ForEach-Object {
        $value, $description = $_ -split "\`t", 2
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
}
`
