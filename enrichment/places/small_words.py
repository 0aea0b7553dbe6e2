"""Words that matter little in the name of a skill, and those that show who it is asked of."""

from __future__ import annotations

from enrichment.offline.rules.words import listed

# Words that carry nothing of a phrase.
SMALL = listed(
    """
a an the of in with and or to for on at by as from into your our de het een van en in met of
of voor op aan bij naar om te tot als door uit je jouw la le les l un une des du d et ou a au
aux avec pour dans sur par en votre vos s qu
"""
)
# Words that models add to a skill's name, or texts to that of a perk.
LIGHT = listed(
    """
skill skills knowledge experience ability abilities proficiency proficient competence
competency competencies expertise understanding familiarity background basic good strong
excellent solid proven advanced working hands-on
vaardigheid vaardigheden kennis ervaring beheersing vermogen goede sterke grondige ruime
competence competences connaissance connaissances experience maitrise capacite aptitude
aptitudes bonne bonnes solide solides
"""
)
# Beside the name of a technology these carry nothing either.
KINDS = listed(
    """
software tool tools programming programmeren programmation language taal langage programma
package suite framework development developer ontwikkeling developpement scripting database
databases library
"""
)
# A sentence with one of these is about the candidate.
ASKS = listed(
    """
you your yours candidate candidates must should required requirement requirements
je jij jou jouw u uw kandidaat bent hebt heb moet vereist gevraagd
vous votre vos tu ton ta tes candidat candidate etes avez requis
skill skills ability abilities vaardigheid vaardigheden competences capacite kennis
knowledge connaissance connaissances experience ervaring strong excellent good sterke goede
sterk goed bonne bon profil profiel profile
"""
)
# What a Dutch compound with a skill may end in.
HEADS = listed(
    """
ervaring kennis vaardigheden vaardigheid werk werkzaamheden opleiding diploma attest
certificaat beheer ontwikkeling technieken systemen software omgeving projecten talent
capaciteiten medewerker functie branche sector ervaringen inzicht
"""
)
