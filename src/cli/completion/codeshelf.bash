# Completion of codeshelf for bash: commands, their options as --help names them, files after --shelf and its like.
_codeshelf()
{
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local commands="search show tree index guide refs list releases changes history impact note import fetch verify" command="" word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ " $commands " == *" $word "* ]] && command=$word && break
    done
    case $before in
        --shelf | --desk | --notes) COMPREPLY=($(compgen -f -- "$current")); return ;;
        --set | --drop) COMPREPLY=($(compgen -W "icd10cm hcpcs cpt" -- "$current")); return ;;
        --book) COMPREPLY=($(compgen -W "diseases external neoplasm drugs index tabular guidelines" -- "$current")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
    esac
    if [[ ${COMP_WORDS[COMP_CWORD-2]} == --drop ]]; then
        COMPREPLY=($(compgen -W "$(codeshelf releases --set "$before" 2>/dev/null | sed -n 's/^[^ ].* \([^ ]*\), in force.*/\1/p')" -- "$current"))
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
    elif [[ $command == import || $command == note || $command == impact ]]; then
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}
complete -o filenames -F _codeshelf codeshelf
