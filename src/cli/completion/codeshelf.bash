# Completion for bash of codeshelf, codeshelf-import, -fetch and -verify: commands, their options as --help names them, code sets,
# the releases that are on the shelf or can be fetched, and files. Names of official files have blanks in them, so a reply is a line.

_codeshelf_reply()
{
    mapfile -t COMPREPLY < <(compgen "$@")
}

# The releases on the shelf of the line, of one set or of all.
_codeshelf_loaded()
{
    local shelf=() i
    for ((i = 1; i < COMP_CWORD - 1; i++)); do
        [[ ${COMP_WORDS[i]} == --shelf ]] && shelf=(--shelf "${COMP_WORDS[i + 1]}")
    done
    codeshelf releases "${shelf[@]}" ${1:+--set "$1"} 2>/dev/null | sed -n 's/^[^ ].* \([^ ]*\), in force.*/\1/p'
}

# What stands behind an option that takes a value; false for any other word.
_codeshelf_value()
{
    local before=$1 current=$2 set=$3
    case $before in
        --shelf | --desk | --notes) _codeshelf_reply -f -- "$current" ;;
        --cache) _codeshelf_reply -d -- "$current" ;;
        --set | --drop) _codeshelf_reply -W "icd10cm hcpcs cpt" -- "$current" ;;
        --from | --to | --notes-of) _codeshelf_reply -W "$(_codeshelf_loaded "$set")" -- "$current" ;;
        --book) _codeshelf_reply -W "diseases external neoplasm drugs index tabular guidelines" -- "$current" ;;
        --color) _codeshelf_reply -W "auto always never" -- "$current" ;;
        --as-of | --release | --effective | --mirror | --limit | --depth | --name) COMPREPLY=() ;;
        *) return 1 ;;
    esac
}

_codeshelf()
{
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} program=${COMP_WORDS[0]##*/}
    local commands="search show tree index guide refs list releases changes history impact note import fetch verify"
    local command="" set="" word
    [[ $program == codeshelf-* ]] && command=${program#codeshelf-}
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ -z $command && " $commands " == *" $word "* ]] && command=$word
        [[ $word == icd10cm || $word == hcpcs || $word == cpt ]] && set=$word
    done
    if _codeshelf_value "$before" "$current" "$set"; then
        return
    elif ((COMP_CWORD >= 2)) && [[ ${COMP_WORDS[COMP_CWORD-2]} == --drop ]]; then
        _codeshelf_reply -W "$(_codeshelf_loaded "$before")" -- "$current"
    elif [[ $current == -* ]]; then
        _codeshelf_reply -W "$(codeshelf $command --help 2>/dev/null | grep '^  --' | grep -o -- '--[a-z][a-z-]*')" -- "$current"
    elif [[ -z $command ]]; then
        _codeshelf_reply -W "$commands" -- "$current"
    elif [[ $command == fetch && -z $set ]]; then
        _codeshelf_reply -W "icd10cm hcpcs" -- "$current"
    elif [[ $command == fetch ]]; then
        _codeshelf_reply -W "$(codeshelf fetch --list "$set" 2>/dev/null | awk '$2 !~ /\+$/ {print $2}')" -- "$current"
    elif [[ $command == changes && -z $set ]]; then
        _codeshelf_reply -W "icd10cm hcpcs cpt" -- "$current"
    elif [[ $command == changes ]]; then
        local releases=0
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
            [[ $word == *[0-9]* && $word != -* ]] && ((releases++))
        done
        ((releases < 2)) && _codeshelf_reply -W "$(_codeshelf_loaded "$set")" -- "$current"
    elif [[ $command == import || $command == note || $command == impact ]]; then
        _codeshelf_reply -f -- "$current"
    fi
}
complete -o filenames -F _codeshelf codeshelf codeshelf-import codeshelf-fetch codeshelf-verify
