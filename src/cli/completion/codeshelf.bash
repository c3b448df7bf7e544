# Completion of codeshelf for bash: commands, their options as --help names them, code sets and the releases on the shelf where
# they are asked for, files after --shelf and its like.

# The releases on the shelf of the line, of one set or of all.
_codeshelf_releases()
{
    local set=$1 shelf=() i
    for ((i = 1; i < COMP_CWORD - 1; i++)); do
        [[ ${COMP_WORDS[i]} == --shelf ]] && shelf=(--shelf "${COMP_WORDS[i + 1]}")
        [[ ${COMP_WORDS[i]} == --set ]] && set=${set:-${COMP_WORDS[i + 1]}}
    done
    codeshelf releases "${shelf[@]}" ${set:+--set "$set"} 2>/dev/null | sed -n 's/^[^ ].* \([^ ]*\), in force.*/\1/p'
}

# Which of its words stands behind the command: 0 for the first. Options and what they take do not count.
_codeshelf_place()
{
    local i n=0 behind=
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --shelf | --set | --from | --to) ((i++)) ;;
            -?*) ;;
            *) [[ $behind ]] && ((n++)); behind=1 ;;
        esac
    done
    echo $n
}

_codeshelf()
{
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local commands="search show tree index guide refs list releases changes history impact note import fetch verify" command="" word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ " $commands " == *" $word "* ]] && command=$word && break
    done
    case $before in
        --shelf | --desk | --notes) COMPREPLY=($(compgen -f -- "$current")); return ;;
        --from | --to | --notes-of) COMPREPLY=($(compgen -W "$(_codeshelf_releases)" -- "$current")); return ;;
        --set | --drop) COMPREPLY=($(compgen -W "icd10cm hcpcs cpt" -- "$current")); return ;;
        --book) COMPREPLY=($(compgen -W "diseases external neoplasm drugs index tabular guidelines" -- "$current")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
    esac
    if [[ ${COMP_WORDS[COMP_CWORD-2]} == --drop ]]; then
        COMPREPLY=($(compgen -W "$(_codeshelf_releases "$before")" -- "$current"))
        return
    fi
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$(codeshelf $command --help 2>/dev/null | grep -o -- '^  --[a-z-]*')" -- "$current"))
    elif [[ -z $command ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
    elif [[ $command == fetch && $before == fetch ]]; then
        COMPREPLY=($(compgen -W "icd10cm hcpcs" -- "$current"))
    elif [[ $command == fetch ]]; then
        COMPREPLY=($(compgen -W "$(codeshelf fetch --list $before 2>/dev/null | awk '$2 !~ /\+$/ {print $2}')" -- "$current"))
    elif [[ $command == changes ]]; then
        local words="" set
        case $(_codeshelf_place) in
            0) words="icd10cm hcpcs cpt" ;;
            1 | 2)
                for set in icd10cm hcpcs cpt; do
                    [[ " ${COMP_WORDS[*]} " == *" $set "* ]] && words=$(_codeshelf_releases $set)
                done ;;
        esac
        COMPREPLY=($(compgen -W "$words" -- "$current"))
    elif [[ $command == import || $command == note || $command == impact ]]; then
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}
complete -o filenames -F _codeshelf codeshelf
